using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;
using Tokens.Platform.Storage;
using Tokens.Wallet.Contracts;
using Tokens.Wallet.Data;
using Tokens.Wallet.Transactions;

namespace Tokens.Wallet.Tests.Transactions;

/// <summary>Asks the listing endpoint itself, without a server around it.</summary>
internal sealed class HistoryReader(IModuleDb<WalletDb> db, WalletOptions options, TimeProvider time)
{
    private readonly EntrySearch _search = new(db, new EntryBlocks(db, Options.Create(options)), new TokenValue(5));

    internal async Task<ListTransactions.Response> PageAsync(Guid memberId, string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString("?" + query);
        var input = await Input<ListTransactions.Request>.BindAsync(context);
        var answer = await ListTransactions.Handle(input, new Caller(memberId), _search, time, CancellationToken.None);
        return answer.Value!;
    }

    /// <summary>Every page from the newest to the end, each of a limit that <paramref name="nextLimit"/> says.</summary>
    internal async Task<List<Entry>> AllPagesAsync(Guid memberId, string filter, Func<int> nextLimit)
    {
        var entries = new List<Entry>();
        string? cursor = null;
        do
        {
            var limit = nextLimit();
            var page = await PageAsync(memberId, $"limit={limit}{filter}" + (cursor is null ? "" : $"&cursor={cursor}"));
            page.Transactions.Count.ShouldBeLessThanOrEqualTo(limit);
            entries.AddRange(page.Transactions);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return entries;
    }
}
