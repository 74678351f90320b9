using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests;

/// <summary>Clients that send and read slowly, against a process with little memory and few places; the full numbers are a storm.</summary>
public sealed class SlowClientsTests(ITestOutputHelper output)
{
    private const int Clients = 60;
    private const int Requests = 20;
    private const long MemoryBytesMax = 1_024 * 1_024 * 1_024;

    [Fact]
    public async Task Slow_clients_keep_no_member_at_another_address_waiting()
    {
        await using var installation = Installation.Sqlite();
        installation.Settings["RATE_LIMITS"] = "on";
        installation.Settings["DOTNET_GCHeapHardLimit"] = "0x20000000";
        installation.Settings["Gateway__RequestsMax"] = "20";
        var process = await installation.StartAsync();
        using var probe = await MemberProbe.StartAsync(installation.Gateway);
        await probe.IsServedAsync(Requests, "before");

        foreach (var request in SlowRequest.All)
        {
            await using var clients = await SlowClients.OpenAsync(installation.Gateway, request, Clients, addresses: 2);
            await probe.IsServedAsync(Requests, request.Name);

            output.WriteLine($"{request.Name}: {clients.Answers}");
            process.HasExited.ShouldBeFalse(process.Output);
            process.MemoryBytes.ShouldBeLessThan(MemoryBytesMax, request.Name);
        }
    }
}
