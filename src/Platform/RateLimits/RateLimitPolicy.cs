namespace Tokens.Platform.RateLimits;

/// <summary>
/// A limit that a module sets on its routes: so many requests of one caller in any window of that length, all routes under the
/// policy together. Routes name it by <c>RequireRateLimiting(policy.Name)</c>.
/// </summary>
/// <param name="Module">The module's name.</param>
/// <param name="Policy">Snake case, unique in the module.</param>
/// <param name="PermitLimit">Requests in any window, unless the option says otherwise; the range is the option's.</param>
/// <param name="WindowSeconds">The window's length in seconds, likewise.</param>
public sealed record RateLimitPolicy(string Module, string Policy, int PermitLimit, int WindowSeconds)
{
    /// <summary><c>{module}.{policy}</c>: its name on routes, in header fields and metrics; its option is <c>RateLimits:{name}</c>.</summary>
    public string Name => $"{Module}.{Policy}";
}
