using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tokens.StripeSandbox.Tests.Running;

/// <summary>What the sandbox itself logs at the level that the test's builder lets through.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> entries = new();

    internal IReadOnlyCollection<string> Entries => entries;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(RecordedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith("Tokens.StripeSandbox", StringComparison.Ordinal);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.entries.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
