namespace Tokens.StripeSandbox.Faults;

/// <summary>What goes wrong with one request.</summary>
internal enum Fault
{
    None,

    /// <summary>Nothing is done, and the connection ends without an answer.</summary>
    DropConnection,

    /// <summary>Nothing is done; 429.</summary>
    RateLimit,

    /// <summary>Nothing is done; 500, and the idempotency key stays free.</summary>
    Error,

    /// <summary>The work is done; 500 is answered and kept under the idempotency key.</summary>
    ErrorAfterEffect,

    /// <summary>The work is done and its answer kept, but the connection ends without it.</summary>
    LostReply,
}
