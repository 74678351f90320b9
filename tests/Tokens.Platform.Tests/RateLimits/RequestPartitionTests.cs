using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Tokens.Platform.Identity;
using Tokens.Platform.RateLimits;

namespace Tokens.Platform.Tests.RateLimits;

public sealed class RequestPartitionTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    [InlineData("fe80::1%2", "fe80::/64")]
    [InlineData("::1", "::/64")]
    public void An_address_counts_as_its_network(string address, string partition) =>
        RequestPartition.OfAddress(IPAddress.Parse(address)).ShouldBe(partition);

    [Fact]
    public void A_connection_without_an_address_counts_too() => RequestPartition.OfAddress(null).ShouldBe("nowhere");

    [Fact]
    public void A_member_counts_as_the_member_wherever_the_request_comes_from()
    {
        var member = Guid.NewGuid();
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.7");
        RequestPartition.Of(context).ShouldBe("203.0.113.7");

        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(Caller.SubjectClaim, member.ToString())], "test"));
        RequestPartition.Of(context).ShouldBe(member.ToString());
    }
}
