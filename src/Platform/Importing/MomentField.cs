using Tokens.Platform.Inputs;
using Tokens.Platform.Time;

namespace Tokens.Platform.Importing;

/// <summary>A field of a line that says when something was.</summary>
public static class MomentField
{
    /// <summary>UTC in whole milliseconds, from 1970 on, as <see cref="Uuid.Of"/> wants it.</summary>
    /// <param name="input">The line.</param>
    /// <param name="name">JSON name of the field.</param>
    /// <param name="bareDate">The instant for which a date without a time stands.</param>
    public static DateTime Read(InputReader input, string name, BareDate bareDate = BareDate.Start)
    {
        ArgumentNullException.ThrowIfNull(input);
        var moment = Instant.Truncate(input.Body.RequiredInstant(name, "Invalid time", bareDate));
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
