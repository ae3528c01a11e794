using System.Net;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Addresses;

public sealed class AddressPoolTests
{
    [Theory]
    [InlineData("127.0.64.0/18", "16382")]
    [InlineData("10.0.0.0/30", "2")]
    [InlineData("10.0.0.0/31", "2")]
    [InlineData("10.0.0.9/32", "1")]
    [InlineData("0.0.0.0/0", "4294967294")]
    [InlineData("fd00::/126", "3")]
    [InlineData("fd00::/127", "2")]
    [InlineData("fd00::1/128", "1")]
    [InlineData("fd00::/64", "18446744073709551615")]
    [InlineData("8000::/1", "170141183460469231731687303715884105727")]
    [InlineData("::/0 8000::/1", "340282366920938463463374607431768211455")]
    [InlineData("10.0.0.0/29 fd00::/126", "9")]
    [InlineData("", "0")]
    public void The_size_leaves_out_what_a_network_keeps_for_itself(string networks, string size) =>
        Assert.Equal(UInt128.Parse(size, null), Pool(networks).Size);

    [Theory]
    [InlineData("10.0.0.0/30", "10.0.0.1 10.0.0.2")]
    [InlineData("10.0.0.0/31", "10.0.0.0 10.0.0.1")]
    [InlineData("10.0.0.254/32 10.0.1.0/30", "10.0.0.254 10.0.1.1 10.0.1.2")]
    [InlineData("fd00::/126", "fd00::1 fd00::2 fd00::3")]
    [InlineData("10.0.0.9/32 fd00::ff/128", "10.0.0.9 fd00::ff")]
    [InlineData("10.0.0.1/32 10.0.0.1/32 10.0.0.1/32 10.0.0.2/32", "10.0.0.1 10.0.0.2")]
    public void Every_address_is_given_once_and_then_the_pool_says_that_it_is_exhausted(string networks, string addresses)
    {
        var pool = Pool(networks);
        var snapshot = MemoryResources.Empty;
        foreach (var expected in addresses.Split(' '))
        {
            var address = pool.Allocate(snapshot);
            Assert.Equal(IPAddress.Parse(expected), address);
            snapshot = With(snapshot, address);
        }

        var (code, message) = Sample.Refusal(() => pool.Allocate(snapshot));
        Assert.Equal("ServiceUnavailable", code);
        Assert.Contains("enlarge AddressPool or delete load balancers", message);
    }

    [Theory]
    [InlineData("10.0.0.0/29 10.0.0.0/29", "10.0.0.1 10.0.0.2 10.0.0.5", "10.0.0.3 10.0.0.4 10.0.0.6")]
    [InlineData("10.0.0.8/31", "10.0.0.9 10.0.0.77", "10.0.0.8")]
    public void What_is_reserved_is_never_given(string networks, string reserved, string given)
    {
        var pool = new AddressPool(
            [.. networks.Split(' ').Select(IPNetwork.Parse)], reserved: reserved.Split(' ').Select(IPAddress.Parse).ToHashSet());
        var snapshot = MemoryResources.Empty;
        foreach (var expected in given.Split(' '))
        {
            var address = pool.Allocate(snapshot);
            Assert.Equal(expected, address.ToString());
            Assert.True(pool.Gives(address));
            snapshot = With(snapshot, address);
        }

        Assert.Equal("ServiceUnavailable", Sample.Refusal(() => pool.Allocate(snapshot)).Code);
        Assert.All(reserved.Split(' '), address => Assert.False(pool.Gives(IPAddress.Parse(address))));
    }

    [Theory]
    [InlineData("10.0.0.0/29", "10.0.0.1 10.0.0.6", "10.0.0.0 10.0.0.7 10.0.0.8 ::ffff:10.0.0.1")]
    [InlineData("10.0.0.8/31 10.0.1.1/32", "10.0.0.8 10.0.0.9 10.0.1.1", "10.0.0.7 10.0.1.0")]
    [InlineData("fd00::/126", "fd00::1 fd00::3", "fd00:: fd00::4")]
    public void An_address_is_the_pools_to_give_unless_its_network_keeps_it_for_itself(string networks, string given, string others)
    {
        Assert.All(given.Split(' '), address => Assert.True(Pool(networks).Gives(IPAddress.Parse(address))));
        Assert.All(others.Split(' '), address => Assert.False(Pool(networks).Gives(IPAddress.Parse(address))));
    }

    [Fact]
    public void An_address_that_was_given_back_is_the_last_to_be_given_again()
    {
        var pool = Pool("10.0.0.0/29");
        var first = pool.Allocate(MemoryResources.Empty);
        var next = Enumerable.Range(0, 6).Select(_ => pool.Allocate(MemoryResources.Empty)).ToList();

        Assert.DoesNotContain(first, next[..5]);
        Assert.Equal(first, next[5]);
    }

    [Fact]
    public void Addresses_taken_before_a_start_are_passed_over()
    {
        var snapshot = With(With(MemoryResources.Empty, IPAddress.Parse("10.0.0.1")), IPAddress.Parse("10.0.0.2"));

        Assert.Equal(IPAddress.Parse("10.0.0.3"), Pool("10.0.0.0/29").Allocate(snapshot));
    }

    [Fact]
    public void Addresses_count_over_the_boundaries_of_bytes()
    {
        var pool = Pool("10.0.0.0/16");
        var addresses = Enumerable.Range(0, 300).Select(_ => pool.Allocate(MemoryResources.Empty)).ToList();

        Assert.Equal(300, addresses.Distinct().Count());
        Assert.Equal([IPAddress.Parse("10.0.0.255"), IPAddress.Parse("10.0.1.0")], addresses[254..256]);
    }

    [Fact]
    public void A_pool_without_networks_is_exhausted() =>
        Assert.Equal("ServiceUnavailable", Sample.Refusal(() => Pool("").Allocate(MemoryResources.Empty)).Code);

    private static AddressPool Pool(string networks) =>
        new([.. networks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)]);

    private static Snapshot With(Snapshot snapshot, IPAddress address) =>
        snapshot.With(LoadBalancerCollection.Kind, Sample.LoadBalancer($"lb{snapshot.LoadBalancers.Count}", address.ToString()));
}
