using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.Events;

/// <summary><c>GET /v1/events</c>: newest first.</summary>
internal static class ListEvents
{
    private const int MaxTypes = 20;

    internal static StripeReply Handle(StripeRequest request, DbSession session)
    {
        request.Parameters.Only("limit", "starting_after", "ending_before", "created", "type", "types");
        var page = ListPage.Read(request.Parameters, request.Limits);
        var created = TimeRange.Read(request.Parameters, "created");
        var (events, hasMore) = EventTable.List(session, page, created, ReadTypes(request.Parameters));
        return StripeReply.Ok(new ListObject<EventObject>(
            "/v1/events", hasMore, [.. events.Select(occurred => EventObject.Of(session, occurred))]));
    }

    private static IReadOnlyList<string> ReadTypes(Parameters parameters)
    {
        var type = parameters.NonEmptyText("type");
        var types = parameters.Texts("types");
        if (type is not null && types.Count > 0)
        {
            throw Refused("You may only specify one of these parameters: type, types.", "types");
        }

        if (types.Count > MaxTypes)
        {
            throw Refused($"You may specify up to {MaxTypes} types.", "types");
        }

        if (types.FirstOrDefault(given => !IsType(given, "")) is { } garbled)
        {
            throw Refused($"Invalid event type: {garbled}", "types");
        }

        return type switch
        {
            null => types.Count == 0 ? ["*"] : types,
            _ when IsType(type, "*") => [type],
            _ => throw Refused($"Invalid event type: {type}", "type"),
        };
    }

    private static bool IsType(string text, string wildcard) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_." + wildcard);

    private static StripeErrorException Refused(string message, string param) => new(StripeError.InvalidRequest(message, param));
}
