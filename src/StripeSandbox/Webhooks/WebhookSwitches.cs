using Tokens.StripeSandbox.Switches;

namespace Tokens.StripeSandbox.Webhooks;

/// <summary>
/// How webhooks are told on purpose: <see cref="Paused"/> holds all of them back; <see cref="Duplicates"/> sends each event made from
/// now on that many times again; <see cref="Shuffle"/> holds each of those back for a random moment.
/// </summary>
internal sealed record WebhookSwitches : ISwitches
{
    static string ISwitches.Name => "webhooks";

    public bool Paused { get; init; }

    public int Duplicates { get; init; }

    public bool Shuffle { get; init; }

    internal static WebhookSwitches Read(SwitchReader reader, SandboxOptions limits) => new()
    {
        Paused = reader.Flag("paused"),
        Duplicates = reader.WholeNumber("duplicates", limits.MaxDuplicates),
        Shuffle = reader.Flag("shuffle"),
    };
}
