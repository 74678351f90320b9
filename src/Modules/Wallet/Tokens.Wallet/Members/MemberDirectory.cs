using Microsoft.EntityFrameworkCore;
using Tokens.Platform.Storage;
using Tokens.Platform.Time;
using Tokens.Wallet.Data;

namespace Tokens.Wallet.Members;

/// <summary>Writes down what is said about members; of two words the newer counts, whoever said it.</summary>
internal sealed class MemberDirectory(IModuleDb<WalletDb> db, TimeProvider time)
{
    private const int AttemptsMax = 5;

    internal async Task RecordAsync(IReadOnlyList<MemberWord> words, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WriteAsync(words, cancellationToken);
                return;
            }
            // Two sign-ins of one member at once: look again at what the other one wrote.
            catch (DbUpdateException fault) when (attempt < AttemptsMax
                && (fault is DbUpdateConcurrencyException || TransientFaults.IsUniqueViolation(fault)))
            {
            }
        }
    }

    private Task<bool> WriteAsync(IReadOnlyList<MemberWord> words, CancellationToken cancellationToken) => db.WriteAsync(
        async (wallet, token) =>
        {
            var ids = words.Select(word => word.MemberId).ToList();
            var known = await wallet.Members.Where(member => ids.Contains(member.Id)).ToDictionaryAsync(member => member.Id, token);
            foreach (var word in words)
            {
                if (!known.TryGetValue(word.MemberId, out var member))
                {
                    known[word.MemberId] = member = new MemberRow { Id = word.MemberId, CreatedAt = time.UtcNow() };
                    wallet.Members.Add(member);
                    Apply(member, word);
                }
                else if (IsNewer(word, member))
                {
                    Apply(member, word);
                }
            }

            await wallet.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    // Tokens count whole seconds: of two from the same second the one seen later counts, but the directory's word stands.
    private static bool IsNewer(MemberWord word, MemberRow member) => word.SaidAt is not { } saidAt
        ? !member.SaidByDirectory
        : saidAt > member.SaidAt || (saidAt == member.SaidAt && (word.ByDirectory || !member.SaidByDirectory));

    private static void Apply(MemberRow member, MemberWord word)
    {
        member.DisplayName = word.DisplayName ?? (word.ByDirectory ? null : member.DisplayName);
        member.IsCreator = word.IsCreator ?? member.IsCreator;
        member.SaidAt = word.SaidAt ?? member.SaidAt;
        member.SaidByDirectory = word.ByDirectory;
    }
}
