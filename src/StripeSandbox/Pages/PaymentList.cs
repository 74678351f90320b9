using Tokens.StripeSandbox.PaymentIntents;
using Tokens.StripeSandbox.PaymentMethods;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.TestCards;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Pages;

/// <summary>The latest payments on the overview, newest first.</summary>
internal static class PaymentList
{
    internal sealed record Row(PaymentIntent Intent, TestCard? Card);

    internal static List<Row> Read(DbSession session) =>
        [.. PaymentIntentTable.List(session, ListPage.Newest(OverviewPage.RowsShown), TimeRange.Any).Intents
            .Select(intent => new Row(intent, Card(session, intent)))];

    internal static Html Show(IReadOnlyList<Row> rows)
    {
        if (rows.Count == 0)
        {
            return $"""<section id="payments"><h2>Payments</h2><p class="note">None yet.</p></section>""";
        }

        return $"""
            <section id="payments">
            <h2>Payments</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Payments"><table>
            <thead><tr>
            <th scope="col">Time (UTC)</th><th scope="col" class="number">Amount</th><th scope="col">Status</th>
            <th scope="col">Card</th><th scope="col">Payment</th><th scope="col">About</th>
            </tr></thead>
            <tbody>{rows.Select(Show)}</tbody>
            </table></div>
            </section>
            """;
    }

    private static Html Show(Row row) => $"""
        <tr>
        <td>{PageTime.Show(row.Intent.Created)}</td>
        <td class="number">{Currencies.Display(row.Intent.Amount, row.Intent.Currency)}</td>
        <td>{Status(row.Intent)}</td>
        <td class="word">{(row.Card is { } card ? $"{card.Brand} {card.Last4}" : "–")}</td>
        <td><code>{row.Intent.Id}</code></td>
        <td class="words">{About(row.Intent)}</td>
        </tr>
        """;

    private static Html Status(PaymentIntent intent)
    {
        var name = PaymentIntentReply.Name(intent.Status).Replace('_', ' ');
        return intent switch
        {
            { Status: PaymentIntentStatus.Succeeded } => $"""<span class="badge good">{name}</span>""",
            { Status: PaymentIntentStatus.RequiresAction } =>
                $"""<span class="badge open">{name}</span> <a href="/sandbox/payment_intents/{intent.Id}/authenticate">authenticate</a>""",
            { LastPaymentError: { } error } =>
                $"""<span class="badge bad">{name}</span> <span class="note">{error.DeclineCode ?? error.Code}</span>""",
            _ => $"""<span class="badge">{name}</span>""",
        };
    }

    private static Html About(PaymentIntent intent) =>
        $"{(intent.Description is { } description ? (Html)$"<div>{description}</div>" : Html.Nothing)}{intent.Metadata.Select(Pair)}";

    private static Html Pair(KeyValuePair<string, string> pair) =>
        $"""<div class="pair"><span class="note">{pair.Key}</span> {pair.Value}</div>""";

    /// <summary>Of the attempt that failed when none is left to try with.</summary>
    private static TestCard? Card(DbSession session, PaymentIntent intent) =>
        (intent.PaymentMethodId ?? intent.LastPaymentError?.PaymentMethodId) is { } id ? PaymentMethod.Get(session, id).Card() : null;
}
