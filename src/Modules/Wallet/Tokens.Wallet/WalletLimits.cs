using Tokens.Platform.RateLimits;

namespace Tokens.Wallet;

/// <summary>How often a member may call what; generous to people and their devices, and a stop for programs that run wild.</summary>
internal static class WalletLimits
{
    /// <summary>Wallet, balance and history.</summary>
    internal static readonly RateLimitPolicy Read = new(WalletModule.ModuleName, "read", PermitLimit: 1_000, WindowSeconds: 10);

    /// <summary>Opening a live balance, which a flaky network does again and again.</summary>
    internal static readonly RateLimitPolicy Stream = new(WalletModule.ModuleName, "stream", PermitLimit: 120, WindowSeconds: 60);

    /// <summary>A statement reads the whole history: 12,000 entries cost about 0.75 s of processor time.</summary>
    internal static readonly RateLimitPolicy Export = new(WalletModule.ModuleName, "export", PermitLimit: 5, WindowSeconds: 60);

    /// <summary>Both tip routes.</summary>
    internal static readonly RateLimitPolicy Tip = new(WalletModule.ModuleName, "tip", PermitLimit: 600, WindowSeconds: 60);

    internal static readonly RateLimitPolicy Call = new(WalletModule.ModuleName, "call", PermitLimit: 600, WindowSeconds: 60);

    /// <summary>Corrections and the user directory, which programs write to.</summary>
    internal static readonly RateLimitPolicy Admin = new(WalletModule.ModuleName, "admin", PermitLimit: 1_000, WindowSeconds: 10);

    /// <summary>A recount reads every transfer.</summary>
    internal static readonly RateLimitPolicy Verify = new(WalletModule.ModuleName, "verify", PermitLimit: 120, WindowSeconds: 60);

    internal static readonly RateLimitPolicy[] All = [Read, Stream, Export, Tip, Call, Admin, Verify];
}
