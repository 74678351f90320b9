using Tokens.Bench.Products;
using Tokens.Bench.Settings;

namespace Tokens.Bench.Objectives;

/// <summary>A product for one objective, with an administrator and whoever calls it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly Func<Task<RunningProduct>> _start;

    private Stage(SignIns signIns, RunningProduct product, Func<Task<RunningProduct>> start)
    {
        (SignIns, Product, _start) = (signIns, product, start);
        (Admin, Calls) = (new Admin(product.Gateway, signIns.NewAdmin()), new MemberCalls(product.Gateway));
    }

    internal SignIns SignIns { get; }

    internal RunningProduct Product { get; private set; }

    internal Admin Admin { get; private set; }

    internal MemberCalls Calls { get; private set; }

    /// <summary>Does the work with a product on a new database of that name; if the work fails, what the product printed last is shown.</summary>
    internal static async Task<Findings> UseAsync(
        Servers servers, string database, IReadOnlyDictionary<string, string> settings, Func<Stage, Task<Findings>> workAsync, CancellationToken cancellationToken)
    {
        await servers.CreateDatabaseAsync(database, cancellationToken);
        var signIns = new SignIns();
        await using var stage = new Stage(signIns, await StartAsync(), StartAsync);
        try
        {
            return await workAsync(stage);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"The product said last:\n{stage.Product.LastLines()}\n\n{fault}");
            throw;
        }

        Task<RunningProduct> StartAsync() => RunningProduct.StartAsync(servers, database, signIns.Secret, cancellationToken, settings);
    }

    /// <summary>Members with tokens, whom the product has seen.</summary>
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

    /// <summary>What is wrong with the ledger, as a list of none or one.</summary>
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
