using Tokens.StripeSandbox.Storage;
using Tokens.StripeSandbox.Wire;

namespace Tokens.StripeSandbox.SetupIntents;

internal enum SetupIntentStatus
{
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    Succeeded,
    Canceled,
}

/// <summary>The way of a payment method into a customer's keeping.</summary>
internal sealed record SetupIntent
{
    public required string Id { get; init; }

    public required string ClientSecret { get; init; }

    public required long Created { get; init; }

    public required SetupIntentStatus Status { get; init; }

    public string? CustomerId { get; init; }

    public string? PaymentMethodId { get; init; }

    public string Usage { get; init; } = "off_session";

    public string? CancellationReason { get; init; }

    /// <summary>Where the holder authenticates.</summary>
    public string? ActionUrl { get; init; }

    public StripeError? LastSetupError { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The SetupIntent that a path names, else 404.</summary>
    internal static SetupIntent Get(DbSession session, string id) =>
        session.Scalar<string>("SELECT document FROM setup_intents WHERE id = $id", ("$id", id)) is { } document
            ? StripeJson.Read<SetupIntent>(document)
            : throw new StripeErrorException(StripeError.NoSuch("setupintent", id, "intent", status: 404));

    internal void Insert(DbSession session) => session.Execute(
        "INSERT INTO setup_intents (id, created, document) VALUES ($id, $created, $document)",
        ("$id", Id),
        ("$created", Created),
        ("$document", StripeJson.Write(this)));

    internal void Update(DbSession session) => session.Execute(
        "UPDATE setup_intents SET document = $document WHERE id = $id", ("$id", Id), ("$document", StripeJson.Write(this)));
}
