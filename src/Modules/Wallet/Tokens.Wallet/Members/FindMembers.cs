using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Members;

/// <summary>Looks members up by id.</summary>
internal static class FindMembers
{
    internal static async Task<IReadOnlyDictionary<Guid, Member>> RunAsync(
        IModuleDb<WalletDb> db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        await db.ReadAsync(
            (wallet, token) => wallet.Members
                .Where(member => ids.Contains(member.Id))
                .Select(member => new Member(member.Id, member.DisplayName, member.IsCreator))
                .ToDictionaryAsync(member => member.Id, token),
            cancellationToken);
}
