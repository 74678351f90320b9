using Microsoft.Extensions.Hosting;

namespace Tokens.StripeSandbox.Storage;

/// <summary>Opens the storage before the first request can come in.</summary>
internal sealed class StorageStart(SandboxDb db) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        db.Open();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
