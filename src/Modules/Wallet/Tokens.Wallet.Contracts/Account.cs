namespace Tokens.Wallet.Contracts;

/// <summary>Names an account: a member's wallet or one of the system's.</summary>
public readonly record struct Account
{
    private Account(Guid memberId, SystemAccount system)
    {
        MemberId = memberId;
        System = system;
    }

    /// <summary>The member; empty for a system account.</summary>
    public Guid MemberId { get; }

    /// <summary>The system account; <see cref="SystemAccount.None"/> for a member's.</summary>
    public SystemAccount System { get; }

    /// <summary>Whether this is a member's wallet, which can't go below zero.</summary>
    public bool IsMember => System == SystemAccount.None;

    /// <summary>The wallet of a member.</summary>
    public static Account OfMember(Guid memberId) => new(memberId, SystemAccount.None);

    /// <summary>An account of the system, which may go below zero.</summary>
    public static Account Of(SystemAccount system) => system != SystemAccount.None
        ? new Account(Guid.Empty, system)
        : throw new ArgumentOutOfRangeException(nameof(system), system, "Name a system account.");
}

/// <summary>The system's accounts: where tokens come from and go to.</summary>
public enum SystemAccount
{
    /// <summary>No system account.</summary>
    None = 0,

    /// <summary>Tokens paid for through Stripe.</summary>
    Stripe = 1,

    /// <summary>Tokens given on top of a purchase.</summary>
    Bonus = 2,

    /// <summary>Tokens held by gift cards.</summary>
    GiftCards = 3,

    /// <summary>Tokens paid out to creators.</summary>
    Payouts = 4,

    /// <summary>The platform's share.</summary>
    Fees = 5,

    /// <summary>Tokens taken back after refunds and disputes.</summary>
    Chargebacks = 6,

    /// <summary>Corrections by an administrator.</summary>
    Adjustments = 7,
}
