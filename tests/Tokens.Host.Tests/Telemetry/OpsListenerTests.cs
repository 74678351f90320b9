using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Tokens.Host.Ops;
using Tokens.Host.Roles;
using Tokens.Host.Telemetry;

namespace Tokens.Host.Tests.Telemetry;

/// <summary>Where operations are served, and what happens when they can't be.</summary>
public sealed class OpsListenerTests
{
    private const int ProductionPort = 9464;

    [Fact]
    public async Task Nobody_asked_for_a_default_address_that_is_taken_so_the_product_runs_without()
    {
        using var other = Take(ProductionPort);

        (await StartAsync("Production", url: null)).ShouldBeNull();
    }

    [Fact]
    public async Task A_named_address_that_is_taken_stops_the_start()
    {
        using var other = Take(0);

        await Should.ThrowAsync<IOException>(() => StartAsync("Production", $"http://{other!.LocalEndpoint}"));
    }

    [Fact]
    public async Task In_Development_it_is_the_APIs_own() => (await StartAsync("Development", url: null)).ShouldBeNull();

    [Theory]
    [InlineData("Telemetry:TagSetsMax", "99")]
    [InlineData("Telemetry:TagSetsMax", "10001")]
    public void An_option_out_of_its_range_is_named(string name, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

        Should.Throw<OptionsValidationException>(() => TelemetryOptions.Read(configuration)).Message.ShouldContain("TagSetsMax");
    }

    private static Task<Microsoft.AspNetCore.Builder.WebApplication?> StartAsync(string environment, string? url)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("OPS_URLS", url)]).Build();
        return OpsListener.StartAsync(
            new AppFactory(environment, []), HostSettings.From(configuration, environment), new OpsSources(new MetricsExporter(), messagesMax: 10), CancellationToken.None);
    }

    // Null when somebody else has it already, which is as good.
    private static TcpListener? Take(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
