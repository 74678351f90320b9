using System.Text.Json;
using Tokens.Wallet.Contracts;

namespace Tokens.Wallet.Balances;

/// <summary>Tells the member's streams here and, where hosts hear each other, on the others.</summary>
internal sealed class MemberNotices(BalanceFeed feed, BalanceBroadcast? broadcast = null) : IMemberNotices
{
    public void Tell(Guid memberId, string name, object data)
    {
        var notice = new BalanceNotice(memberId, name, JsonSerializer.Serialize(data, JsonSerializerOptions.Web));
        feed.Tell(notice);
        broadcast?.Say(notice);
    }
}
