using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tokens.GiftCards.Tests.Parts;

/// <summary>Counts the statements that a host runs, by the line that EF Core writes about each.</summary>
internal sealed class StatementCounter : ILoggerProvider
{
    private const int CommandExecuted = 20_101;
    private readonly ConcurrentQueue<string> _texts = new();

    internal int Count => _texts.Count;

    /// <summary>The statements as they were sent, in the order in which they ended.</summary>
    internal IReadOnlyCollection<string> Texts => _texts;

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
    }

    private sealed class Logger(StatementCounter counter) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Settings of the connection, such as SQLite's journal, are no statements of the module's.
            if (eventId.Id == CommandExecuted && TextOf(state) is { } text && !text.Contains("PRAGMA", StringComparison.Ordinal))
            {
                counter._texts.Enqueue(text);
            }
        }

        private static string? TextOf<TState>(TState state) =>
            (state as IEnumerable<KeyValuePair<string, object?>>)?.Single(field => field.Key == "commandText").Value?.ToString();
    }
}
