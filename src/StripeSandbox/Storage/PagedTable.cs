using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Storage;

/// <summary>Reads pages of a table that has a sequence, an id, a creation time and a document.</summary>
internal static class PagedTable
{
    /// <summary>
    /// A page, newest first, and whether more lie beyond it in the direction of paging. Of <paramref name="table"/> and
    /// <paramref name="filter"/> statements are made: literals only.
    /// </summary>
    internal static (List<T> Objects, bool HasMore) List<T>(
        DbSession session,
        string table,
        string noun,
        ListPage page,
        TimeRange created,
        string filter = "",
        params ReadOnlySpan<(string Name, object? Value)> filterValues)
    {
        var backwards = page.EndingBefore is not null;
        var (comparison, order) = backwards ? (">", "ASC") : ("<", "DESC");
        var objects = session.Query(
            $"""
            SELECT document FROM {table}
            WHERE sequence {comparison} $cursor AND created BETWEEN $from AND $to {filter}
            ORDER BY sequence {order} LIMIT $limit
            """,
            row => StripeJson.Read<T>(row.GetString(0)),
            [
                ("$cursor", Cursor(session, table, noun, page)),
                ("$from", created.From),
                ("$to", created.To),
                ("$limit", page.Limit + 1),
                .. filterValues,
            ]);
        var hasMore = objects.Count > page.Limit;
        if (hasMore)
        {
            objects.RemoveAt(page.Limit);
        }

        if (backwards)
        {
            objects.Reverse();
        }

        return (objects, hasMore);
    }

    private static long Cursor(DbSession session, string table, string noun, ListPage page)
    {
        var (id, param) = page.EndingBefore is { } before ? (before, "ending_before") : (page.StartingAfter, "starting_after");
        return id is null
            ? long.MaxValue
            : session.Scalar<long?>($"SELECT sequence FROM {table} WHERE id = $id", ("$id", id))
                ?? throw new StripeErrorException(StripeError.NoSuch(noun, id, param));
    }
}
