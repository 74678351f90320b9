using System.Globalization;

namespace Tokens.Platform.Inputs;

/// <content>Fields that hold instants, and ranges of them.</content>
public sealed partial class FieldReader
{
    private const string DateFormat = "yyyy-MM-dd";

    private static readonly string[] InstantFormats =
        [DateFormat, "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>An ISO 8601 instant, in UTC without an offset; null when the field is missing.</summary>
    /// <param name="name">JSON or query name of the field.</param>
    /// <param name="title">Names the fault.</param>
    /// <param name="bareDate">The instant for which a date without a time stands.</param>
    public DateTime? OptionalInstant(string name, string title, BareDate bareDate = BareDate.Start) =>
        Instant(name, title, bareDate, required: false);

    /// <summary>As <see cref="OptionalInstant"/>; the first of all instants when the field is missing or wrong.</summary>
    public DateTime RequiredInstant(string name, string title, BareDate bareDate = BareDate.Start) =>
        Instant(name, title, bareDate, required: true) ?? DateTime.MinValue;

    /// <summary>The fields <c>from</c> and <c>to</c>. A bare date is the first instant of that day in <c>from</c>, its end in <c>to</c>.</summary>
    /// <param name="title">Names the fault.</param>
    public InstantRange OptionalRange(string title)
    {
        const string To = "to";
        var range = new InstantRange(OptionalInstant("from", title), OptionalInstant(To, title, BareDate.End));
        if (range.From >= range.To)
        {
            _input.Fault(To, title, "to must be later than from.");
        }

        return range;
    }

    private DateTime? Instant(string name, string title, BareDate bareDate, bool required)
    {
        var description = bareDate == BareDate.Start
            ? "ISO 8601, in UTC without an offset. A bare date is the first instant of that day in UTC."
            : "ISO 8601, in UTC without an offset; itself not included. A bare date includes that whole day in UTC.";
        if (_input.Describe(new(Place, name, FieldType.Instant, required) { Description = description }))
        {
            return null;
        }

        var value = _input.Find(Place, name);
        if (value.IsMissing)
        {
            if (required)
            {
                _input.Fault(name, title, $"{name} is required.");
            }

            return null;
        }

        if (value.Kind == RawKind.Text && TryParseInstant(value.Characters(), bareDate, out var instant))
        {
            return instant;
        }

        _input.Fault(name, title, $"{name} must be an ISO 8601 time.");
        return null;
    }

    private static bool TryParseInstant(string? text, BareDate bareDate, out DateTime instant)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, Utc, out instant))
        {
            return false;
        }

        if (bareDate == BareDate.End && text!.Length == DateFormat.Length)
        {
            instant = instant == DateTime.MaxValue.Date ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) : instant.AddDays(1);
        }

        return true;
    }
}
