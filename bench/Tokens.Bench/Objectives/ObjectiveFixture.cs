using Tokens.Bench.Products;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Objectives;

/// <summary>A product for one objective, with an administrator and a client for its members.</summary>
internal sealed class ObjectiveFixture : IAsyncDisposable
{
    private readonly Func<Task<RunningProduct>> _start;

    private ObjectiveFixture(SignIns signIns, RunningProduct product, Func<Task<RunningProduct>> start)
    {
        (SignIns, Product, _start) = (signIns, product, start);
        (Admin, Calls) = (new Admin(product.Gateway, signIns.NewAdmin()), new MemberCalls(product.Gateway));
    }

    internal SignIns SignIns { get; }

    internal RunningProduct Product { get; private set; }

    internal Admin Admin { get; private set; }

    internal MemberCalls Calls { get; private set; }

    /// <summary>Runs the work with a product on a new database of that name; if the work fails, prints the last lines of the product.</summary>
    internal static async Task<ObjectiveResult> UseAsync(
        Servers servers, string database, IReadOnlyDictionary<string, string> settings, Func<ObjectiveFixture, Task<ObjectiveResult>> workAsync, CancellationToken cancellationToken)
    {
        await servers.CreateDatabaseAsync(database, cancellationToken);
        var signIns = new SignIns();
        await using var fixture = new ObjectiveFixture(signIns, await StartAsync(), StartAsync);
        try
        {
            return await workAsync(fixture);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"The product said last:\n{fixture.Product.LastLines()}\n\n{fault}");
            throw;
        }

        Task<RunningProduct> StartAsync() => RunningProduct.StartAsync(servers, database, signIns.Secret, cancellationToken, settings);
    }

    /// <summary>Creates members with tokens, each of whom has read the balance once.</summary>
    internal async Task<IReadOnlyList<Member>> FansAsync(int count, long tokens, CancellationToken cancellationToken)
    {
        Member[] fans = [.. Enumerable.Range(0, count).Select(_ => SignIns.NewMember())];
        await Admin.PutMembersAsync(fans, areCreators: false, cancellationToken);
        if (tokens > 0)
        {
            await Admin.GiveAsync(fans, tokens, cancellationToken);
        }

        await Admin.ShowAsync(fans, cancellationToken);
        return fans;
    }

    internal async Task<Guid> CreatorAsync(CancellationToken cancellationToken)
    {
        var creator = SignIns.NewMember(isCreator: true);
        await Admin.PutMembersAsync([creator], areCreators: true, cancellationToken);
        return creator.Id;
    }

    /// <summary>Kills the product and starts it again on what it has stored.</summary>
    internal async Task KillAndStartAsync()
    {
        await Product.DisposeAsync();
        Product = await _start();
        Admin.Dispose();
        Calls.Dispose();
        (Admin, Calls) = (new Admin(Product.Gateway, SignIns.NewAdmin()), new MemberCalls(Product.Gateway));
    }

    /// <summary>Verifies the ledger; returns one fault, or none.</summary>
    internal async Task<IReadOnlyList<string>> LedgerFaultsAsync(string objective, CancellationToken cancellationToken)
    {
        var verification = await Admin.VerifyAsync(cancellationToken);
        return verification.IsClean ? [] : [$"{objective}: the ledger isn't sound: {verification}."];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        Calls.Dispose();
        await Product.DisposeAsync();
    }
}
