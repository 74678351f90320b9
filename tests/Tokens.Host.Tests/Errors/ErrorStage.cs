using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Errors;

/// <summary>A product with all that goes wrong around it.</summary>
public sealed class ErrorStage : IAsyncLifetime
{
    private readonly Storage _storage = Storage.Sqlite();
    private readonly Storage _otherStorage = Storage.Sqlite();
    private readonly Dictionary<string, RunningProduct> _gateways = [];
    private readonly SilentHost _silent = SilentHost.Start(hangsUp: false);
    private readonly SilentHost _broken = SilentHost.Start(hangsUp: true);
    private StripeThatFails _stripe = null!;
    private RunningProduct _product = null!;
    private RunningProduct _withoutStripe = null!;

    internal Uri Gateway => _product.Gateway;

    internal TestMember Admin { get; private set; } = null!;

    /// <summary>A member of the product whose Stripe fails.</summary>
    internal TestMember Buyer { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _product = await RunningProduct.StartAsync(
            _storage,
            new Dictionary<string, string?> { ["Gateway:BodyPaceGrace"] = "00:00:02" },
            builder => builder.Services.AddSingleton<IStartupFilter, ThrowingRoutes>());
        Admin = await Members.AdminAsync(_product.Gateway);
        _stripe = await StripeThatFails.StartAsync();
        _withoutStripe = await RunningProduct.StartAsync(_otherStorage, new Dictionary<string, string?>
        {
            ["STRIPE_SECRET_KEY"] = "sk_test_x",
            ["STRIPE_API_BASE"] = _stripe.Address,
            ["Stripe:RetryDelayMilliseconds"] = "1",
            ["Payments:NewKeyDelayMilliseconds"] = "1",
        });
        Buyer = await TestMember.SignInAsync(_withoutStripe.Gateway);
        await AddGatewayAsync("unreachable", $"http://127.0.0.1:{LoopbackPort.Free()}");
        await AddGatewayAsync("broken", _broken.Address);
        await AddGatewayAsync("silent", _silent.Address);
    }

    public async Task DisposeAsync()
    {
        Admin.Dispose();
        Buyer.Dispose();
        foreach (var product in _gateways.Values.Append(_withoutStripe).Append(_product))
        {
            await product.DisposeAsync();
        }

        await _stripe.DisposeAsync();
        await _silent.DisposeAsync();
        await _broken.DisposeAsync();
        await _storage.DisposeAsync();
        await _otherStorage.DisposeAsync();
    }

    /// <summary>A tip through a gateway whose only host is that bad.</summary>
    internal async Task<Answer> AskAsync(string host)
    {
        using var client = new HttpClient { BaseAddress = _gateways[host].Gateway };
        return await Answer.ReadAsync(await client.PostAsync("/api/tokens/tip", new StringContent("{}")));
    }

    internal async Task<TestMember> MemberAsync(long tokens = 0, bool isCreator = false)
    {
        var member = await TestMember.SignInAsync(Gateway, isCreator);
        if (tokens > 0)
        {
            var answer = await Admin.PostAsync("/api/tokens/admin/adjustments", new { memberId = member.Id, tokens, reason = "a start for the test" });
            answer.Status.ShouldBe(200, answer.Text);
        }

        return member;
    }

    /// <summary>Lets a member with an account owe tokens, as a chargeback does.</summary>
    internal async Task OweAsync(Guid memberId, long tokens)
    {
        await using var file = new SqliteConnection($"Data Source={Path.Combine(_storage.DataDirectory, "wallet.db")};Pooling=False");
        await file.OpenAsync();
        await using var command = file.CreateCommand();
        command.CommandText = "UPDATE accounts SET debt_tokens = $tokens WHERE id = $id";
        command.Parameters.AddWithValue("$tokens", tokens);
        command.Parameters.AddWithValue("$id", memberId.ToByteArray(bigEndian: true));
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private async Task AddGatewayAsync(string name, string host) => _gateways[name] = await RunningProduct.StartAsync(
        _storage,
        new Dictionary<string, string?>
        {
            ["ROLES"] = "gateway",
            ["GATEWAY_DESTINATIONS"] = host,
            ["Gateway:ActivityTimeout"] = "00:00:01",
            ["Drain:Linger"] = "00:00:00",
        });
}
