using System.Net;
using System.Net.Sockets;
using Tokens.Host.Roles;
using Tokens.Host.Tests.Running;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Roles;

public sealed class StartTests
{
    private static readonly TimeSpan Deadline = Eventually.Deadline;

    [Theory]
    [InlineData("gateway,api,sandbox")]
    [InlineData("api")]
    public async Task A_second_process_on_one_data_directory_says_so_and_stops(string roles)
    {
        await using var storage = Storage.Sqlite();
        await using var first = await RunningProduct.StartAsync(storage);
        var settings = new Dictionary<string, string?>(storage.Settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["GATEWAY_URLS"] = "http://127.0.0.1:0",
            ["API_URLS"] = "http://127.0.0.1:0",
            ["SANDBOX_URLS"] = "http://127.0.0.1:0",
        };
        await using var second = ProductProcess.Launch(settings, "--roles", roles);

        await second.WaitForExitAsync(Deadline);

        second.ExitCode.ShouldBe(1, second.Output);
        second.Output.ShouldStartWith($"Another process uses the data directory {storage.DataDirectory}.");
        second.Output.Split('\n').ShouldHaveSingleItem();
        using var member = await TestMember.SignInAsync(first.Gateway);
    }

    [Fact]
    public async Task A_start_that_fails_half_way_gives_back_what_it_took()
    {
        await using var storage = Storage.Sqlite();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var settings = new Dictionary<string, string?> { ["GATEWAY_URLS"] = $"http://{taken.LocalEndpoint}" };

        var fault = await Should.ThrowAsync<IOException>(() => RunningProduct.StartAsync(storage, settings));

        fault.Message.ShouldContain(taken.LocalEndpoint.ToString()!);
        await using var product = await RunningProduct.StartAsync(storage);
        using var member = await TestMember.SignInAsync(product.Gateway);
    }

    [Fact]
    public async Task Two_hosts_may_start_at_once_on_an_empty_database()
    {
        await using var storage = await Storage.EmptyPostgresAsync();
        var settings = new Dictionary<string, string?> { ["ROLES"] = "gateway,api" };

        var products = await Task.WhenAll(RunningProduct.StartAsync(storage, settings), RunningProduct.StartAsync(storage, settings));
        await using var first = products[0];
        await using var second = products[1];

        foreach (var product in products)
        {
            // A gateway's first look at a host whose code isn't compiled yet may take longer than it waits for the answer.
            await Eventually.BecomesTrueAsync(
                async () => await StatusAsync(product.Gateway, "/health/ready") == 200, Deadline, "both hosts are ready");
        }

        // One database, one development secret: a member of the one is a member of the other.
        using var there = await TestMember.SignInAsync(first.Gateway);
        using var here = new HttpClient { BaseAddress = second.Gateway };
        here.DefaultRequestHeaders.Authorization = new("Bearer", there.Token);
        (await Answer.ReadAsync(await here.GetAsync("/api/tokens/balance"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_schema_that_lags_stops_readiness_in_Production_until_it_is_migrated()
    {
        await using var storage = await Storage.EmptyPostgresAsync();
        await using var product = await Starts.ProductionAsync(storage);
        var api = new Uri(Product.AddressOf(product.Api!));

        var lagging = await GetAsync(api, "/health/ready");
        lagging.Status.ShouldBe(503, lagging.Text);
        foreach (var schema in Modules.All.Select(module => module.Name).Append("platform"))
        {
            lagging.Json.GetProperty("dependencies").GetProperty(schema + ".database").GetString()
                .ShouldNotBeNull().ShouldContain("--migrate");
        }

        (await StatusAsync(api, "/health/live")).ShouldBe(200);

        await Product.MigrateAsync(Starts.Factory("Production", storage.Settings, Starts.ProductionSettings), CancellationToken.None);

        var ready = await GetAsync(api, "/health/ready");
        ready.Status.ShouldBe(200, ready.Text);
        await product.StopAsync();
    }

    [Fact]
    public async Task Migrate_applies_what_is_pending_and_exits_with_0()
    {
        await using var installation = Installation.EmptySqlite();
        var migration = installation.Launch("--migrate");
        await migration.WaitForExitAsync(Deadline);
        migration.ExitCode.ShouldBe(0, migration.Output);

        await using var storage = new StorageAt(installation.DataDirectory);
        await using var product = await Starts.ProductionAsync(storage);

        (await StatusAsync(new Uri(Product.AddressOf(product.Api!)), "/health/ready")).ShouldBe(200);
        await product.StopAsync();
    }

    [Fact]
    public async Task Migrate_in_Production_asks_for_no_secret_that_it_does_not_use()
    {
        await using var installation = Installation.EmptySqlite();

        var migration = installation.Launch(new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Production" }, "--migrate");

        await migration.WaitForExitAsync(Deadline);
        migration.ExitCode.ShouldBe(0, migration.Output);
    }

    [Fact]
    public async Task Readiness_names_each_dependency()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage);

        var answer = await GetAsync(product.Api, "/health/ready");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("status").GetString().ShouldBe("ready");
        var dependencies = answer.Json.GetProperty("dependencies");
        dependencies.GetProperty("platform.database").GetString().ShouldBe("available");
        dependencies.GetProperty("wallet.database").GetString().ShouldBe("available");
    }

    private static async Task<int> StatusAsync(Uri host, string path) => (await GetAsync(host, path)).Status;

    private static async Task<Answer> GetAsync(Uri host, string path)
    {
        using var client = new HttpClient { BaseAddress = host };
        return await Answer.ReadAsync(await client.GetAsync(path));
    }

    /// <summary>Files that somebody else made and will remove.</summary>
    private sealed class StorageAt(string directory) : Storage
    {
        public override IReadOnlyDictionary<string, string?> Settings =>
            new Dictionary<string, string?>(base.Settings) { ["DATA_DIR"] = directory };
    }
}
