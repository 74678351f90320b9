using System.Text.Json;
using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Webhooks;

namespace Tokens.StripeSandbox.Pages;

/// <summary>The latest events on the overview, newest first, with how their webhooks stand.</summary>
internal static class EventList
{
    internal static List<EventDelivery> Read(DbSession session) => EventDelivery.Latest(session, OverviewPage.RowsShown);

    internal static Html Show(IReadOnlyList<EventDelivery> rows)
    {
        if (rows.Count == 0)
        {
            return $"""<section id="events"><h2>Events</h2><p class="note">None yet.</p></section>""";
        }

        return $"""
            <section id="events">
            <h2>Events</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Events"><table>
            <thead><tr>
            <th scope="col">Time (UTC)</th><th scope="col">Type</th><th scope="col">Webhook</th>
            <th scope="col">Object</th><th scope="col">Event</th>
            </tr></thead>
            <tbody>{rows.Select(Show)}</tbody>
            </table></div>
            </section>
            """;
    }

    private static Html Show(EventDelivery row) => $"""
        <tr>
        <td>{PageTime.Show(row.Event.Created)}</td>
        <td>{row.Event.Type}</td>
        <td class="word">{State(row)}</td>
        <td><code>{Subject(row.Event.Object)}</code></td>
        <td><code>{row.Event.Id}</code></td>
        </tr>
        """;

    private static Html State(EventDelivery row) => row switch
    {
        { Deliveries: 0 } => $"""<span class="badge">not sent</span>""",
        { Deliveries: 1, Received: 1 } => $"""<span class="badge good">received</span>""",
        { Received: var received } when received == row.Deliveries => $"""<span class="badge good">received {received} times</span>""",
        { Pending: 0 } => $"""<span class="badge bad">given up</span> <span class="note">after {row.Attempts} attempts</span>""",
        { Attempts: var attempts } when attempts > row.Received => $"""
            <span class="badge bad">failing</span>
            <span class="note">{attempts}×, {(row.FailedStatus is { } status ? $"answered {status}" : "no answer")}</span>
            """,
        _ => $"""<span class="badge open">waiting</span>""",
    };

    private static string? Subject(JsonElement subject) => subject.GetProperty("id").GetString();
}
