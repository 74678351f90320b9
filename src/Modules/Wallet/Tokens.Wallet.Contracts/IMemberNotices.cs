namespace Tokens.Wallet.Contracts;

/// <summary>Tells members who have a balance stream open. Quick, and may be lost.</summary>
public interface IMemberNotices
{
    /// <summary>Sends an event to the member's streams.</summary>
    /// <param name="memberId">To whom.</param>
    /// <param name="name">The event's name: lower case letters and underscores.</param>
    /// <param name="data">Written as JSON in camel case; no secret.</param>
    void Tell(Guid memberId, string name, object data);
}
