namespace Tokens.Payments.Purchases;

/// <summary>What a drive may do with its purchase.</summary>
internal enum DriveMode
{
    /// <summary>A caller waits: it goes as far as it can, and may start the charge.</summary>
    Charge,

    /// <summary>Somebody wants to know: Stripe is asked, what is paid is credited, nothing is started or given up.</summary>
    Look,

    /// <summary>Nobody waits and it is due: as a look, and what isn't paid is given up.</summary>
    Settle,
}
