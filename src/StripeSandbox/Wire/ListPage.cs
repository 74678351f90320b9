namespace Tokens.StripeSandbox.Wire;

/// <summary>Which page of a collection is asked for: <c>starting_after</c> goes to older objects, <c>ending_before</c> to newer.</summary>
internal sealed record ListPage(int Limit, string? StartingAfter, string? EndingBefore)
{
    internal static ListPage Newest(int limit) => new(limit, null, null);

    internal static ListPage Read(Parameters parameters, SandboxOptions limits)
    {
        var page = new ListPage(
            (int)ReadLimit(parameters, limits), parameters.NonEmptyText("starting_after"), parameters.NonEmptyText("ending_before"));
        return page is { StartingAfter: not null, EndingBefore: not null }
            ? throw new StripeErrorException(StripeError.InvalidRequest(
                "You may only specify one of these parameters: starting_after, ending_before.", "ending_before"))
            : page;
    }

    private static long ReadLimit(Parameters parameters, SandboxOptions limits) => parameters.Integer("limit") switch
    {
        null => Math.Min(limits.DefaultPageSize, limits.MaxPageSize),
        < 1 => throw OutOfRange("This value must be greater than or equal to 1."),
        { } limit when limit > limits.MaxPageSize => throw OutOfRange($"This value must be less than or equal to {limits.MaxPageSize}."),
        { } limit => limit,
    };

    private static StripeErrorException OutOfRange(string message) =>
        new(StripeError.InvalidRequest(message, "limit", "parameter_invalid_integer"));
}
