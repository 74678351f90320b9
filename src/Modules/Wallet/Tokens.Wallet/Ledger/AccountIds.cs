using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tokens.Platform.Identity;
using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Ledger;

/// <summary>Ids of the system's accounts and of modules as callers, among those that no member bears.</summary>
internal static class AccountIds
{
    private const ulong ModuleBit = 0x0100_0000_0000_0000;

    /// <summary>One row a writer, so that hosts never wait for one another on a system account.</summary>
    internal static Guid Of(SystemAccount system, int writer) => ReservedIds.Make(((ulong)system << 32) | (uint)writer);

    internal static string NameOf(SystemAccount system, int writer) => $"{Name(system)}/{writer}";

    internal static Guid OfModule(string module)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(module));
        return ReservedIds.Make(ModuleBit | (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 8));
    }

    private static string Name(SystemAccount system) => system switch
    {
        SystemAccount.Stripe => "stripe",
        SystemAccount.Bonus => "bonus",
        SystemAccount.GiftCards => "gift-cards",
        SystemAccount.Payouts => "payouts",
        SystemAccount.Fees => "fees",
        SystemAccount.Chargebacks => "chargebacks",
        SystemAccount.Adjustments => "adjustments",
        _ => throw new ArgumentOutOfRangeException(nameof(system), system, "No such system account."),
    };
}
