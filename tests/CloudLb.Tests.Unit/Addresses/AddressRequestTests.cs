using System.Net;
using CloudLb.Server.PoolAddresses;

namespace CloudLb.Tests.Unit.Addresses;

public sealed class AddressRequestTests
{
    private static readonly IPNetwork[] Pools = [IPNetwork.Parse("10.9.0.0/24"), IPNetwork.Parse("fd00:9::/64")];

    [Theory]
    [InlineData("list", "list")]
    [InlineData("add 10.9.0.7", "add 10.9.0.7")]
    [InlineData("remove 10.9.0.7", "remove 10.9.0.7")]
    [InlineData("add fd00:9::7", "add fd00:9::7")]
    [InlineData("add 10.9.1.7", null)]
    [InlineData("add 10.9.7", null)]
    [InlineData("add 010.9.0.7", null)]
    [InlineData("add 0x0a090007", null)]
    [InlineData("add 10.9.0.7/8", null)]
    [InlineData("add 10.9.0.7 dev lo", null)]
    [InlineData("add 10.9.0.7;reboot", null)]
    [InlineData("add fd00:9::7%eth0", null)]
    [InlineData("add FD00:9::7", null)]
    [InlineData("add ::ffff:10.9.0.7", null)]
    [InlineData("add", null)]
    [InlineData("list 10.9.0.7", null)]
    [InlineData("flush 10.9.0.7", null)]
    [InlineData("", null)]
    public void Only_addresses_of_the_pools_in_their_one_spelling_are_taken(string line, string? request) =>
        Assert.Equal(request, AddressRequest.Parse(line, Pools)?.ToString());
}
