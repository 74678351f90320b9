using Tokens.Platform.Inputs;
using Tokens.Platform.Operations;
using Tokens.Platform.Problems;

namespace Tokens.Host.Ops;

/// <summary>POST /ops/checks/{name}: runs a check now, one at a time.</summary>
internal static class RunCheck
{
    private static readonly TextRule NameRule = new("name", "Invalid check", LengthMaximum: 32);
    private static readonly SemaphoreSlim Turn = new(1);

    internal sealed record Request(string Name) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(input.Route.RequiredText(NameRule));
    }

    internal sealed record Response(bool Success, bool IsSound, string Summary);

    internal static async Task<IResult> Handle(
        Input<Request> input, OpsSources sources, ILogger<OpsSources> logger, CancellationToken cancellationToken)
    {
        if (sources.Api?.GetServices<IOperationsCheck>().FirstOrDefault(check => check.Name == input.Value.Name) is not { } check)
        {
            return new Problem(ProblemKind.NotFound, "There is no such check in this process.");
        }

        if (!await Turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return new Problem(ProblemKind.Conflict, "A check is running; wait for its end.");
        }

        try
        {
            var finding = await check.RunAsync(cancellationToken);
            OpsLog.Checked(logger, check.Name, finding.IsSound);
            return Results.Ok(new Response(true, finding.IsSound, finding.Summary));
        }
        finally
        {
            Turn.Release();
        }
    }
}
