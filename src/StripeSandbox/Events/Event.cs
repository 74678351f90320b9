using System.Text.Json;

namespace Tokens.StripeSandbox.Events;

/// <summary>That an object changed, and how it looked then. Without a request's id when the card's holder caused it.</summary>
internal sealed record Event(
    string Id, string Type, long Created, string ApiVersion, JsonElement Object, string? RequestId, string? IdempotencyKey);
