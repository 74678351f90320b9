namespace Tokens.Host.Roles;

/// <summary>Shared by the roles of one process: set once, when the process has been asked to stop.</summary>
internal sealed class DrainSignal
{
    private volatile bool _draining;

    /// <summary>True from the moment of the signal: readiness answers 503 while the listeners are still open.</summary>
    internal bool IsDraining => _draining;

    internal void Begin() => _draining = true;
}
