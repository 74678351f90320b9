using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Ledger;

/// <summary>One posting as the writer decides it.</summary>
internal sealed class PostingRequest
{
    /// <summary>Made before the request is queued, so that a repeat after a lost connection finds what was committed.</summary>
    internal required Guid Id { get; init; }

    internal required Guid CallerId { get; init; }

    internal required string Route { get; init; }

    internal string? Key { get; init; }

    internal required byte[] PayloadHash { get; init; }

    internal required IReadOnlyList<Leg> Legs { get; init; }

    /// <summary>The member who must exist for this to be posted; null where that doesn't matter.</summary>
    internal RequiredPayee? Payee { get; init; }

    internal string? Reference { get; init; }

    internal string? Channel { get; init; }

    internal string? Message { get; init; }

    internal KeyScope? Scope => Key is null ? null : new KeyScope(CallerId, Route, Key);
}

/// <summary>A member who must be known, and perhaps a creator, to be paid.</summary>
internal sealed record RequiredPayee(Guid MemberId, bool MustBeCreator);

/// <summary>Under what a key is unique.</summary>
internal readonly record struct KeyScope(Guid CallerId, string Route, string Key);
