using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;
using Tokens.Platform.Switches;

namespace Tokens.Host.Ops;

/// <summary>PUT /ops/switches/{name}: turns a switch on every host.</summary>
internal static class TurnSwitch
{
    private static readonly TextRule NameRule = new("name", "Invalid switch", LengthMaximum: 32);

    internal sealed record Request(string Name, bool IsOn) : IInput<Request>
    {
        public static Request Read(InputReader input) => new(input.Route.RequiredText(NameRule), input.Body.RequiredFlag("isOn", "Invalid position"));
    }

    internal sealed record Response(bool Success, string Name, bool IsOn);

    internal static async Task<IResult> Handle(
        Input<Request> input, HttpContext context, OpsSources sources, ILogger<OpsSources> logger, CancellationToken cancellationToken)
    {
        var (name, isOn) = (input.Value.Name, input.Value.IsOn);
        if (sources.Api?.GetService<SwitchBoard>() is not { } board || !await board.TurnAsync(name, isOn, cancellationToken))
        {
            return new Problem(ProblemKind.NotFound, "There is no such switch in this process.");
        }

        OpsLog.Turned(logger, name, isOn, OpsActor.Of(context).Name);
        return Results.Ok(new Response(true, name, board.States.Single(state => state.Switch.Name == name).IsOn));
    }
}
