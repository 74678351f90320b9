using Tokens.Host.Roles;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Roles;

public sealed class ProductionSettingsTests
{
    private static readonly string[] Needed =
        ["STRIPE_SECRET_KEY", "SUPABASE_JWT_SECRET or JWT_AUTHORITY", "GIFT_CARD_PEPPER", "DATA_PROTECTION_KEY"];

    [Fact]
    public async Task Production_without_settings_exits_with_one_message_that_names_them_all()
    {
        await using var installation = Installation.Sqlite();
        var process = installation.Launch(Unset("ASPNETCORE_ENVIRONMENT"));

        await process.WaitForExitAsync(TimeSpan.FromSeconds(30));

        process.ExitCode.ShouldBe(1, process.Output);
        Needed.ShouldAllBe(name => process.Output.Contains(name));
        process.Output.Split('\n').Length.ShouldBe(1 + Needed.Length, process.Output);
    }

    [Theory]
    [InlineData("STRIPE_SECRET_KEY")]
    [InlineData("SUPABASE_JWT_SECRET")]
    [InlineData("GIFT_CARD_PEPPER")]
    [InlineData("DATA_PROTECTION_KEY")]
    public async Task Production_names_the_one_setting_that_is_missing(string name)
    {
        var message = await Starts.RefusalAsync("Production", Starts.ProductionSettings, Unset(name));

        message.ShouldContain(name);
        Starts.ProductionSettings.Keys.Where(other => other != name).ShouldAllBe(other => !message.Contains(other));
    }

    [Theory]
    [InlineData("sandbox", "never runs outside Development")]
    [InlineData("gateway,api,sandbox", "never runs outside Development")]
    [InlineData("gateway,web", "'web' is no role")]
    [InlineData(" , ", "at least one of")]
    public async Task A_role_that_cannot_be_played_is_refused(string roles, string sentence)
    {
        var message = await Starts.RefusalAsync("Production", Starts.ProductionSettings, Set("ROLES", roles));

        message.ShouldStartWith("ROLES");
        message.ShouldContain(sentence);
    }

    [Fact]
    public async Task Limits_can_not_be_switched_off_outside_Development()
    {
        var message = await Starts.RefusalAsync("Production", Starts.ProductionSettings, Set("RATE_LIMITS", "off"));

        message.ShouldStartWith("RATE_LIMITS");
        message.ShouldContain("Development");
    }

    [Fact]
    public async Task Fail_points_can_not_be_set_outside_Development()
    {
        var message = await Starts.RefusalAsync("Production", Starts.ProductionSettings, Set("FailPoints:File", "/tmp/fail-point"));

        message.ShouldContain("FailPoints:File is for Development only");
    }

    [Fact]
    public async Task A_sandbox_beyond_loopback_is_refused()
    {
        var message = await Starts.RefusalAsync("Development", Set("SANDBOX_URLS", "http://0.0.0.0:8082"));

        message.ShouldStartWith("SANDBOX_URLS");
    }

    [Theory]
    [InlineData("SUPABASE_JWT_SECRET", "short")]
    [InlineData("SUPABASE_JWT_SECRET", "a secret of thirty-two characters or more,short")]
    [InlineData("DATA_PROTECTION_KEY", "short")]
    [InlineData("DATA_PROTECTION_KEY", "a key of thirty-two characters or more, short")]
    [InlineData("JWT_AUTHORITY", "not an address")]
    [InlineData("RATE_LIMITS", "of")]
    [InlineData("TRUSTED_GATEWAYS", "10.0.0.0/99")]
    [InlineData("TRUSTED_PROXIES", "everybody")]
    [InlineData("LEGACY_API_URL", "ftp://old")]
    [InlineData("DATABASE_URL", "postgres://tokens:s3cret@db:port/tokens")]
    [InlineData("DATABASE_URL", "Host=db;Password=s3cret;Nonsense=1")]
    public async Task A_setting_that_cannot_be_read_is_named_without_its_secrets(string name, string value)
    {
        var message = await Starts.RefusalAsync("Development", Set(name, value));

        message.ShouldContain(name);
        message.ShouldNotContain("s3cret");
        message.ShouldNotContain("short");
    }

    [Theory]
    [InlineData("Ledger:BatchSizeMax", "0", "BatchSizeMax")]
    [InlineData("Ledger:QueueCapacity", "-1", "QueueCapacity")]
    [InlineData("Drain:Delay", "01:00:00", "Delay")]
    [InlineData("Sessions:BelievedForMilliseconds", "5001", "BelievedForMilliseconds")]
    [InlineData("Sessions:RememberedMax", "99", "RememberedMax")]
    [InlineData("Gateway:HealthFailures", "0", "HealthFailures")]
    [InlineData("RateLimits:payments.purchase:PermitLimit", "0", "RateLimits:payments.purchase")]
    [InlineData("RateLimits:payments.purchase:WindowSeconds", "soon", "RateLimits:payments.purchase:WindowSeconds")]
    [InlineData("RateLimits:Memory:PartitionsMax", "1", "PartitionsMax")]
    [InlineData("Ledger:BatchSizeMax", "many", "Ledger:BatchSizeMax")]
    public async Task An_option_out_of_its_range_is_named(string name, string value, string named)
    {
        var message = await Starts.RefusalAsync("Development", Set(name, value));

        message.ShouldContain(named);
    }

    [Fact]
    public async Task Production_with_its_settings_starts_without_the_sandbox()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await Starts.ProductionAsync(storage);

        product.Sandbox.ShouldBeNull();
        product.Gateway.ShouldNotBeNull();
        var banner = Banner.Of(product);
        banner.ShouldContain("Production");
        banner.ShouldNotContain("sandbox  ");
        await product.StopAsync();
    }

    private static Dictionary<string, string?> Set(string name, string value) => new() { [name] = value };

    private static Dictionary<string, string?> Unset(string name) => new() { [name] = "" };
}
