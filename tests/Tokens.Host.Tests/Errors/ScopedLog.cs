using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Tokens.Host.Tests.Errors;

/// <summary>Keeps every line of a product with the scopes around it.</summary>
internal sealed class ScopedLog
{
    internal ConcurrentQueue<Line> Lines { get; } = new();

    /// <summary>For one role: each has scopes of its own.</summary>
    internal ILoggerProvider ForRole() => new Provider(Lines);

    /// <param name="Category">Who logged.</param>
    /// <param name="Level">How grave it is.</param>
    /// <param name="Text">The message, with its exception.</param>
    /// <param name="Facts">What the message and the scopes around it say, by name.</param>
    internal sealed record Line(string Category, LogLevel Level, string Text, IReadOnlyDictionary<string, string> Facts);

    private sealed class Provider(ConcurrentQueue<Line> lines) : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines, _scopes);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }
    }

    private sealed class Logger(string category, ConcurrentQueue<Line> lines, IExternalScopeProvider scopes) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var facts = new Dictionary<string, string>(StringComparer.Ordinal);
            scopes.ForEachScope(Add, facts);
            Add(state, facts);
            lines.Enqueue(new Line(category, logLevel, $"{formatter(state, exception)} {exception}", facts));
        }

        private static void Add(object? state, Dictionary<string, string> facts)
        {
            foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                facts[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            }
        }
    }
}
