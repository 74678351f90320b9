using Tokens.Platform.Inputs;
using Tokens.Platform.Time;

namespace Tokens.Platform.Importing;

/// <summary>A field of a line that says when something was.</summary>
public static class MomentField
{
    /// <summary>UTC in whole milliseconds, from 1970 on, as <see cref="Uuid.Of"/> wants it.</summary>
    public static DateTime Read(InputReader input, string name)
    {
        ArgumentNullException.ThrowIfNull(input);
        var moment = Instant.Truncate(input.Body.RequiredInstant(name, "Invalid time"));
        if (moment >= DateTime.UnixEpoch)
        {
            return moment;
        }

        if (input.Has(input.Body, name) && moment != DateTime.MinValue)
        {
            input.Fault(name, "Invalid time", $"{name} must be from 1970 on.");
        }

        return DateTime.UnixEpoch;
    }
}
