using Tokens.Testing;
using Tokens.Testing.Running;
using Xunit.Abstractions;

namespace Tokens.Survival.Tests.Storms;

/// <summary>1,600 clients that send and read slowly, against a process with little memory and the limits that it has by default.</summary>
[Collection(Alone.Name)]
[Trait(Form.Trait, Form.Extended)]
public sealed class SlowClientsTests(ITestOutputHelper output)
{
    private const int Clients = 1_600;
    private const int Requests = 200;
    private const long MemoryBytesMax = 1_024 * 1_024 * 1_024;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Slow_clients_keep_no_member_at_another_address_waiting(int addresses)
    {
        await using var installation = Installation.Sqlite();
        installation.Settings["RATE_LIMITS"] = "on";
        installation.Settings["DOTNET_GCHeapHardLimit"] = "0x20000000";
        var process = await installation.StartAsync();
        using var probe = await MemberProbe.StartAsync(installation.Gateway);
        await probe.IsServedAsync(Requests, "before");

        foreach (var request in SlowRequest.All)
        {
            await using var clients = await SlowClients.OpenAsync(installation.Gateway, request, Clients, addresses);
            await probe.IsServedAsync(Requests, request.Name);

            output.WriteLine($"{request.Name}: {process.MemoryBytes / (1_024 * 1_024)} MiB, {clients.Answers}");
            process.HasExited.ShouldBeFalse(process.Output);
            process.MemoryBytes.ShouldBeLessThan(MemoryBytesMax, request.Name);
        }
    }
}
