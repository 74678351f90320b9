using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Tokens.Host.Tests.Errors;

/// <summary>Keeps every line with the scopes around it.</summary>
internal sealed class ScopedLog : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    private ScopedLog()
    {
    }

    internal ConcurrentQueue<Line> Lines { get; } = new();

    internal static ScopedLog Create() => new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    /// <param name="Category">Who logged.</param>
    /// <param name="Level">How grave it is.</param>
    /// <param name="Text">The message, with its exception.</param>
    /// <param name="Facts">What the message and the scopes around it say, by name.</param>
    internal sealed record Line(string Category, LogLevel Level, string Text, IReadOnlyDictionary<string, string> Facts);

    private sealed class Logger(ScopedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var facts = new Dictionary<string, string>(StringComparer.Ordinal);
            Add(facts, state);
            log._scopes.ForEachScope(Add, facts);
            log.Lines.Enqueue(new Line(category, logLevel, $"{formatter(state, exception)} {exception}", facts));
        }

        private static void Add(Dictionary<string, string> facts, object? state) => Add(state, facts);

        private static void Add(object? state, Dictionary<string, string> facts)
        {
            foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                facts[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            }
        }
    }
}
