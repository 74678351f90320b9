using Microsoft.Extensions.Logging;

namespace Tokens.GiftCards.Tests.Parts;

/// <summary>Counts the statements that a host runs, by the line that EF Core writes about each.</summary>
internal sealed class StatementCounter : ILoggerProvider
{
    private const int CommandExecuted = 20_101;
    private int _count;

    internal int Count => Volatile.Read(ref _count);

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
            if (eventId.Id == CommandExecuted && !formatter(state, exception).Contains("PRAGMA", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref counter._count);
            }
        }
    }
}
