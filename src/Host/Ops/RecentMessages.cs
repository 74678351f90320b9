using System.Diagnostics;

namespace Tokens.Host.Ops;

/// <summary>The newest errors and warnings of all roles of the process, as they are logged.</summary>
internal sealed class RecentMessages(int max, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly Queue<RecentMessage> _messages = new();

    /// <summary>The newest first.</summary>
    internal IReadOnlyList<RecentMessage> Newest
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages.Reverse()];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Listener(this, categoryName);

    public void Dispose()
    {
        // Belongs to the process, not to the application that logs to it.
    }

    private void Add(RecentMessage message)
    {
        lock (_lock)
        {
            if (_messages.Count == max)
            {
                _messages.Dequeue();
            }

            _messages.Enqueue(message);
        }
    }

    private sealed class Listener(RecentMessages messages, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                messages.Add(new RecentMessage(
                    messages.Now, logLevel.ToString(), category, eventId.Id, formatter(state, exception), exception?.GetType().Name, Activity.Current?.TraceId.ToString()));
            }
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}

/// <summary>A message as it was logged, without the stack trace of its fault.</summary>
internal sealed record RecentMessage(
    DateTime At, string Level, string Category, int EventId, string Message, string? Fault, string? TraceId);
