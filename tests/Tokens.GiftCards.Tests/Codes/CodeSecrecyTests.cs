using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tokens.GiftCards.Tests.Parts;
using Tokens.Testing;
using Tokens.Testing.Products;

namespace Tokens.GiftCards.Tests.Codes;

/// <summary>Whoever reads the database, a backup of it or the logs learns no code.</summary>
public abstract class CodeSecrecyTests
{
    private const int AtOnce = 16;

    [Fact]
    public Task A_hundred_codes_are_stored_and_logged_in_no_readable_form() => NoneIsReadableAsync(100);

    [Fact]
    [Trait(Form.Trait, Form.Extended)]
    public Task A_thousand_codes_are_stored_and_logged_in_no_readable_form() => NoneIsReadableAsync(1_000);

    private protected abstract Task<Storage> OpenStorageAsync();

    private async Task NoneIsReadableAsync(int count)
    {
        await using var storage = await OpenStorageAsync();
        using var logs = new LogText();
        var codes = new ConcurrentBag<string>();
        await using (var host = await GiftCardsHost.OpenAsync(storage, logs: logs))
        {
            var (buyer, friend) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            host.Ledger.Give(buyer, count);
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
                codes.Add((await host.IssueAsync(buyer, 1, $"k{number}")).Code));
            foreach (var code in codes.Take(5))
            {
                await host.RedeemAsync(friend, code);
                await host.RedeemAsync(friend, code);
            }
        }

        codes.Distinct().Count().ShouldBe(count);
        var stored = await DumpAsync(storage);
        // What is searched is there.
        stored.ShouldContain("redeemed");
        logs.Text.ShouldContain("cards");
        ShouldHoldNone(stored, codes);
        ShouldHoldNone(logs.Text, codes);
    }

    private static void ShouldHoldNone(string haystack, IReadOnlyCollection<string> codes)
    {
        var forms = codes.SelectMany(FormsOf).ToList();
        // All forms in one pass: a pass for each would take minutes.
        var readable = SearchValues.Create([.. forms.Select(form => form.AnyCase)], StringComparison.OrdinalIgnoreCase);
        var encoded = SearchValues.Create([.. forms.Select(form => form.Exact).OfType<string>()], StringComparison.Ordinal);
        haystack.AsSpan().ContainsAny(readable).ShouldBeFalse();
        haystack.AsSpan().ContainsAny(encoded).ShouldBeFalse();
    }

    private static IEnumerable<(string AnyCase, string? Exact)> FormsOf(string code)
    {
        var id = Guid.Parse(code);
        yield return (code, Convert.ToBase64String(Encoding.UTF8.GetBytes(code)));
        yield return (code.Replace("-", ""), null);
        foreach (var bytes in new[] { id.ToByteArray(), id.ToByteArray(bigEndian: true) })
        {
            yield return (Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes).TrimEnd('='));
            yield return (Convert.ToHexStringLower(bytes), Encoding.Latin1.GetString(bytes));
        }
    }

    /// <summary>Every file as bytes, and on PostgreSQL every row as text, its bytes in hex.</summary>
    private static async Task<string> DumpAsync(Storage storage)
    {
        var dump = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(storage.DataDirectory, "*.db*"))
        {
            dump.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        }

        if (storage.Settings["DATABASE_URL"] is { Length: > 0 } database)
        {
            await using var source = NpgsqlDataSource.Create(database);
            foreach (var table in new[] { "giftcards.cards", "giftcards.redeem_failures", "platform.secrets" })
            {
                await using var rows = source.CreateCommand($"SELECT coalesce(string_agg(t::text, E'\n'), '') FROM {table} AS t");
                dump.Append(await rows.ExecuteScalarAsync());
            }
        }

        return dump.ToString();
    }

    private sealed class LogText : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        internal string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => new Logger(_lines);

        public void Dispose()
        {
        }

        private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}

public sealed class CodeSecrecyOnSqliteTests : CodeSecrecyTests
{
    private protected override Task<Storage> OpenStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class CodeSecrecyOnPostgresTests : CodeSecrecyTests
{
    private protected override Task<Storage> OpenStorageAsync() => Storage.PostgresAsync();
}
