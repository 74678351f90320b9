namespace Tokens.Payments.Tests.Parts;

/// <summary>What goes wrong with a call to <see cref="StripeStub"/>.</summary>
public enum StripeFault
{
    /// <summary>429, nothing done, nothing stored under the key.</summary>
    TooManyRequests,

    /// <summary>409: another call with this key is in progress.</summary>
    Conflict,

    /// <summary>401: the key of this installation is refused.</summary>
    Unauthorized,

    /// <summary>500, nothing done, but the answer stored under the key.</summary>
    ErrorWithoutEffect,

    /// <summary>Done, yet 500, and that answer stored under the key.</summary>
    ErrorAfterEffect,

    /// <summary>The connection breaks before anything is done.</summary>
    DroppedBefore,

    /// <summary>The connection breaks after it is done and stored: the reply is lost.</summary>
    LostReply,

    /// <summary>No answer until the client gives up; nothing done.</summary>
    Silence,
}
