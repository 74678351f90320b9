using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Members;

/// <summary>
/// Records what tokens and the user directory state about members; of two statements the newer counts. Writers of the same member wait
/// for each other's row, so that none has to be refused.
/// </summary>
internal sealed class MemberDirectory(IModuleDb<WalletDb> db, TimeProvider time)
{
    internal async Task RecordAsync(IReadOnlyList<MemberWord> words, CancellationToken cancellationToken)
    {
        var isKnown = await db.ReadAsync((wallet, token) => IsKnownAsync(wallet, words, token), cancellationToken);
        if (!isKnown)
        {
            await db.WriteAsync((wallet, token) => WriteAsync(wallet, words, token), cancellationToken);
        }
    }

    private static async Task<bool> IsKnownAsync(WalletDb wallet, IReadOnlyList<MemberWord> words, CancellationToken cancellationToken)
    {
        var ids = IdsOf(words);
        var known = await wallet.Members.AsNoTracking().Where(member => ids.Contains(member.Id))
            .ToDictionaryAsync(member => member.Id, cancellationToken);
        return words.All(word => known.TryGetValue(word.MemberId, out var member) && !Changes(word, member));
    }

    private async Task<bool> WriteAsync(WalletDb wallet, IReadOnlyList<MemberWord> words, CancellationToken cancellationToken)
    {
        await using var transaction = await wallet.Database.BeginTransactionAsync(cancellationToken);
        var rows = words.DistinctBy(word => word.MemberId).OrderBy(word => word.MemberId).Select(NewRow).ToList();
        var locked = wallet.IsSqlite
            ? await ReadOrAddAsync(wallet, rows, cancellationToken)
            : await LockOrAddAsync(wallet, rows, cancellationToken);
        foreach (var word in words.Where(word => IsNewer(word, locked[word.MemberId])))
        {
            Apply(locked[word.MemberId], word);
        }

        await wallet.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    // A file has one writer at a time: what is read in its transaction stays as it is.
    private static async Task<Dictionary<Guid, MemberRow>> ReadOrAddAsync(
        WalletDb wallet, IReadOnlyList<MemberRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var known = await wallet.Members.Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, cancellationToken);
        foreach (var row in rows.Where(row => known.TryAdd(row.Id, row)))
        {
            wallet.Members.Add(row);
        }

        return known;
    }

    // Rows are added and locked in the order of their ids, so that two calls with many members can't wait for each other in a circle.
    private static async Task<Dictionary<Guid, MemberRow>> LockOrAddAsync(
        WalletDb wallet, IReadOnlyList<MemberRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.Id).ToArray();
        var names = rows.Select(row => row.DisplayName).ToArray();
        var creators = rows.Select(row => row.IsCreator).ToArray();
        var saidAt = rows.Select(row => row.SaidAt).ToArray();
        var byDirectory = rows.Select(row => row.SaidByDirectory).ToArray();
        var createdAt = rows.Select(row => row.CreatedAt).ToArray();
        await wallet.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO wallet.members (id, display_name, is_creator, said_at, said_by_directory, created_at)
            SELECT * FROM unnest({ids}, {names}, {creators}, {saidAt}, {byDirectory}, {createdAt})
            ON CONFLICT (id) DO NOTHING
            """,
            cancellationToken);
        return await wallet.Members.FromSql($"SELECT * FROM wallet.members WHERE id = ANY ({ids}) ORDER BY id FOR UPDATE")
            .ToDictionaryAsync(member => member.Id, cancellationToken);
    }

    private static List<Guid> IdsOf(IReadOnlyList<MemberWord> words) => [.. words.Select(word => word.MemberId).Distinct()];

    private MemberRow NewRow(MemberWord word)
    {
        var row = new MemberRow { Id = word.MemberId, CreatedAt = time.UtcNow() };
        Apply(row, word);
        return row;
    }

    // Tokens count whole seconds: of two from the same second the one seen later counts, but the directory's word stands.
    private static bool IsNewer(MemberWord word, MemberRow member) => word.SaidAt is not { } saidAt
        ? !member.SaidByDirectory
        : saidAt > member.SaidAt || (saidAt == member.SaidAt && (word.ByDirectory || !member.SaidByDirectory));

    private static bool Changes(MemberWord word, MemberRow member) =>
        IsNewer(word, member)
        && After(word, member) != (member.DisplayName, member.IsCreator, member.SaidAt, member.SaidByDirectory);

    private static void Apply(MemberRow member, MemberWord word) =>
        (member.DisplayName, member.IsCreator, member.SaidAt, member.SaidByDirectory) = After(word, member);

    private static (string? DisplayName, bool IsCreator, DateTime SaidAt, bool SaidByDirectory) After(MemberWord word, MemberRow member) => (
        word.DisplayName ?? (word.ByDirectory ? null : member.DisplayName),
        word.IsCreator ?? member.IsCreator,
        word.SaidAt ?? member.SaidAt,
        word.ByDirectory);
}
