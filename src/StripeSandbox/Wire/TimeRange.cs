namespace Tokens.StripeSandbox.Wire;

/// <summary>A filter on a time in whole seconds since 1970, both ends included: <c>created=…</c> or <c>created[gte]=…</c>.</summary>
internal sealed record TimeRange(long From, long To)
{
    internal static readonly TimeRange Any = new(long.MinValue, long.MaxValue);

    internal static TimeRange Read(Parameters parameters, string name)
    {
        if (!parameters.Has(name))
        {
            return Any;
        }

        if (parameters.IsText(name))
        {
            var moment = parameters.Integer(name) ?? 0;
            return new TimeRange(moment, moment);
        }

        var range = parameters.Inner(name)!;
        range.Only("gt", "gte", "lt", "lte");
        return new TimeRange(
            Math.Max(range.Integer("gte") ?? long.MinValue, Next(range.Integer("gt"), 1) ?? long.MinValue),
            Math.Min(range.Integer("lte") ?? long.MaxValue, Next(range.Integer("lt"), -1) ?? long.MaxValue));
    }

    private static long? Next(long? moment, int step) => moment is long.MaxValue or long.MinValue ? moment : moment + step;
}
