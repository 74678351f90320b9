namespace Tokens.Host.Roles;

/// <summary>Leaves signals to <see cref="Product"/>: it stops the roles in an order that no role knows by itself.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
