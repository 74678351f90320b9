using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tokens.Gateway.Tests.Parts;

/// <summary>The errors that a gateway has logged.</summary>
internal sealed class ErrorRecorder : ILoggerProvider
{
    internal ConcurrentQueue<string> Messages { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Recorder(Messages);

    public void Dispose()
    {
    }

    private sealed class Recorder(ConcurrentQueue<string> messages) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                messages.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
