using Tokens.Platform.Identity;
using Tokens.Platform.Inputs;

namespace Tokens.Wallet.MovingIn;

/// <summary>A field of a line that names a member.</summary>
internal static class MemberIdField
{
    internal static Guid Read(InputReader input, string name)
    {
        var id = input.Body.RequiredId(name, "Invalid member id");
        if (id != Guid.Empty && ReservedIds.Covers(id))
        {
            input.Fault(name, "Invalid member id", "No member bears this id.");
        }

        return id;
    }
}
