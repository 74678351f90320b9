using Tokens.Host.Tests.Redaction;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Sessions;

/// <summary>Sessions outlive the host that opened them, under keys that nobody reads in the database.</summary>
public abstract class SessionKeyTests
{
    private const string OldKey = "the old data protection key of enough characters";
    private const string NewKey = "the new data protection key of enough characters";

    [Fact]
    public async Task A_restart_keeps_sessions_and_what_was_ended()
    {
        await using var storage = await OpenStorageAsync();
        Browser session, ended;
        await using (var product = await StartAsync(storage))
        {
            session = await (await Browser.OpenAsync(product.Gateway, SessionProduct.Token())).WithCsrfAsync();
            ended = await (await Browser.OpenAsync(product.Gateway, SessionProduct.Token())).WithCsrfAsync();
            (await ended.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(400, "validation_failed");
            var cookies = new Dictionary<string, string>(ended.Cookies);
            (await ended.DeleteAsync("/api/auth/session")).Status.ShouldBe(200);
            foreach (var (name, value) in cookies)
            {
                ended.Cookies[name] = value;
            }
        }

        await using var again = await StartAsync(storage);
        using var moved = session.At(again.Gateway);
        using var gone = ended.At(again.Gateway);

        (await moved.BalanceAsync()).ShouldBe(0);
        (await moved.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(400, "validation_failed");
        (await gone.GetAsync("/api/tokens/balance")).ShouldBeProblem(401, "unauthenticated");
        (await gone.DeleteAsync("/api/auth/session")).ShouldBeProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task The_key_can_be_rotated_without_ending_sessions()
    {
        await using var storage = await OpenStorageAsync();
        Browser session;
        await using (var product = await StartAsync(storage, OldKey))
        {
            session = await (await Browser.OpenAsync(product.Gateway, SessionProduct.Token())).WithCsrfAsync();
        }

        await using (var product = await StartAsync(storage, $"{NewKey}, {OldKey}"))
        {
            using var moved = session.At(product.Gateway);
            (await moved.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(400, "validation_failed");
        }

        // The old one was dropped too early: its sessions are over, and new ones are opened under a new key.
        await using (var product = await StartAsync(storage, NewKey))
        {
            using var moved = session.At(product.Gateway);
            (await moved.GetAsync("/api/tokens/balance")).ShouldBeProblem(401, "unauthenticated");
            session = await (await Browser.OpenAsync(product.Gateway, SessionProduct.Token())).WithCsrfAsync();
        }

        await using (var product = await StartAsync(storage, NewKey))
        {
            using var moved = session.At(product.Gateway);
            (await moved.PostAsync("/api/tokens/tip", new { })).ShouldBeProblem(400, "validation_failed");
        }
    }

    [Fact]
    public async Task Keys_cannot_be_read_in_the_database()
    {
        await using var storage = await OpenStorageAsync();
        await using (var product = await StartAsync(storage, OldKey))
        {
            using var session = await (await Browser.OpenAsync(product.Gateway, SessionProduct.Token())).WithCsrfAsync();
        }

        var stored = await StoredText.OfAsync(storage);

        stored.ShouldContain("<encryptedKey");
        stored.ShouldNotContain("masterKey");
        stored.ShouldNotContain("<value>");
        stored.ShouldNotContain(OldKey);
    }

    private protected abstract Task<Storage> OpenStorageAsync();

    private static Task<RunningProduct> StartAsync(Storage storage, string? key = null) =>
        RunningProduct.StartAsync(storage, new Dictionary<string, string?>(SessionProduct.SettingsOf()) { ["DATA_PROTECTION_KEY"] = key });
}

public sealed class SessionKeyOnSqliteTests : SessionKeyTests
{
    private protected override Task<Storage> OpenStorageAsync() => Task.FromResult(Storage.Sqlite());
}

public sealed class SessionKeyOnPostgresTests : SessionKeyTests
{
    private protected override Task<Storage> OpenStorageAsync() => Storage.PostgresAsync();
}
