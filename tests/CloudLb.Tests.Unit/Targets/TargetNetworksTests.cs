using System.Net;
using CloudLb.Core.Targets;

namespace CloudLb.Tests.Unit.Targets;

public sealed class TargetNetworksTests
{
    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("169.254.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("100.100.100.201", true)]
    [InlineData("168.63.129.16", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    public void By_default_link_local_and_metadata_addresses_are_no_targets(string address, bool isTarget) =>
        Assert.Equal(isTarget, IsTarget(address, "", "", hasSeveralAccounts: false));

    [Theory]
    [InlineData("127.0.0.1", "", false)]
    [InlineData("127.200.0.1", "", false)]
    [InlineData("::1", "", false)]
    [InlineData("10.0.0.1", "", true)]
    [InlineData("127.0.0.1", "127.0.0.0/8", true)]
    [InlineData("127.9.0.1", "127.9.0.0/16", true)]
    [InlineData("127.8.0.1", "127.9.0.0/16", false)]
    public void Where_several_accounts_are_loopback_is_none_unless_it_is_allowed(string address, string allowed, bool isTarget) =>
        Assert.Equal(isTarget, IsTarget(address, allowed, "", hasSeveralAccounts: true));

    [Theory]
    [InlineData("10.1.0.1", "10.0.0.0/8", "", true)]
    [InlineData("192.168.0.1", "10.0.0.0/8", "", false)]
    [InlineData("2001:db8::1", "10.0.0.0/8", "", false)]
    [InlineData("10.1.0.1", "10.0.0.0/8", "10.1.0.0/16", false)]
    [InlineData("10.1.0.1", "10.1.0.0/16", "10.0.0.0/8", true)]
    [InlineData("10.1.0.1", "10.0.0.0/8", "10.0.0.0/8", false)]
    [InlineData("10.1.0.1", "", "10.1.0.1/32", false)]
    [InlineData("10.1.0.2", "", "10.1.0.1/32", true)]
    [InlineData("169.254.169.254", "0.0.0.0/0", "", false)]
    [InlineData("169.254.169.254", "169.254.0.0/16", "", true)]
    public void The_smallest_network_decides_and_of_the_same_one_what_is_forbidden(
        string address, string allowed, string forbidden, bool isTarget) =>
        Assert.Equal(isTarget, IsTarget(address, allowed, forbidden, hasSeveralAccounts: false));

    [Theory]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::169.254.169.254")]
    [InlineData("::ffff:0:a9fe:a9fe")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::169.254.169.254")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:1:2:3:4:5601:5601")]
    public void An_IPv6_address_that_stands_for_an_IPv4_one_means_that(string address) =>
        Assert.Contains(IPAddress.Parse("169.254.169.254"), AddressMeanings.Of(IPAddress.Parse(address)));

    [Theory]
    [InlineData("::1")]
    [InlineData("2001:db8::a9fe:a9fe")]
    [InlineData("10.0.0.1")]
    public void Any_other_address_means_itself_alone(string address) =>
        Assert.Equal([IPAddress.Parse(address)], AddressMeanings.Of(IPAddress.Parse(address)));

    private static bool IsTarget(string address, string allowed, string forbidden, bool hasSeveralAccounts) =>
        new TargetNetworks(Networks(allowed), Networks(forbidden), hasSeveralAccounts).WhyNot(IPAddress.Parse(address)) is null;

    private static IEnumerable<IPNetwork> Networks(string texts) =>
        texts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => IPNetwork.Parse(text));
}
