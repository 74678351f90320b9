using System.Net;
using Tokens.Host.Roles;

namespace Tokens.Gateway.Tests;

public sealed class TrustedNetworksTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("11.1.2.3", false)]
    [InlineData("::1", false)]
    [InlineData(null, false)]
    public void Addresses_and_networks_are_covered_as_they_are_named(string? address, bool isCovered)
    {
        var options = TrustedNetworks.Read("TRUSTED_GATEWAYS", ["127.0.0.1", "10.0.0.0/8"]);
        TrustedNetworks.Cover(options, address is null ? null : IPAddress.Parse(address)).ShouldBe(isCovered);
    }

    [Fact]
    public void Without_entries_nothing_is_covered() =>
        TrustedNetworks.Cover(TrustedNetworks.Read("TRUSTED_GATEWAYS", []), IPAddress.Loopback).ShouldBeFalse();
}
