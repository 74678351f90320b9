namespace Tokens.Payments.Events;

/// <summary>Where an event in the inbox stands.</summary>
internal enum StripeEventStatus
{
    /// <summary>Stored and acknowledged; its effect is still to come.</summary>
    Pending,

    /// <summary>Its effect has happened, or was there already.</summary>
    Applied,

    /// <summary>It concerns no purchase of this installation.</summary>
    Ignored,

    /// <summary>Only a person can go on with it.</summary>
    Parked,
}
