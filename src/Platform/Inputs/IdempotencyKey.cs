using Microsoft.AspNetCore.Http;

namespace Tokens.Platform.Inputs;

/// <summary>The client's own name for one request, under which a repeat is recognised.</summary>
/// <param name="Value">1 to 255 printable ASCII characters.</param>
public readonly record struct IdempotencyKey(string Value)
{
    /// <summary>The header that carries it; it wins over the body's member.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Set to <c>true</c> on an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    internal const string BodyMember = "clientIdempotencyKey";
    private const int LengthMaximum = 255;
    private const string Title = "Invalid idempotency key";

    internal static IdempotencyKey? Read(HttpRequest request, RawValue member, FaultList faults)
    {
        var header = request.Headers[Header];
        if (header.Count > 1)
        {
            faults.Add(Header, Title, $"Send {Header} once.");
            return null;
        }

        if (header.Count == 1 && Unquote(header[0]!) is { Length: > 0 } fromHeader)
        {
            return Check(Header, fromHeader, faults);
        }

        if (member.IsMissing)
        {
            return null;
        }

        var fromBody = member.Kind == RawKind.Text ? member.Characters() : null;
        if (fromBody is null)
        {
            faults.Add(BodyMember, Title, $"{BodyMember} must be text.");
            return null;
        }

        var key = Unquote(fromBody);
        return key.Length == 0 ? null : Check(BodyMember, key, faults);
    }

    private static string Unquote(string text)
    {
        var trimmed = text.Trim(' ');
        return trimmed is ['"', .. var inner, '"'] ? inner : trimmed;
    }

    private static IdempotencyKey? Check(string field, string key, FaultList faults)
    {
        if (key.Length <= LengthMaximum && !key.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return new IdempotencyKey(key);
        }

        faults.Add(field, Title, $"{field} must have 1 to {LengthMaximum} printable ASCII characters.");
        return null;
    }
}
