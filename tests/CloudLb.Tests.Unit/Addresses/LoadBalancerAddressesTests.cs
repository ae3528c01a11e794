using System.Net;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Addresses;

public sealed class LoadBalancerAddressesTests
{
    private static readonly DateTimeOffset Until = Sample.Noon.AddMinutes(2);

    private readonly AddressPools _pools = Pools("subnet-a 10.0.1.0/24", "subnet-b 10.0.2.0/24");

    [Theory]
    [InlineData("", "10.0.0.1")]
    [InlineData("subnet-x", "10.0.0.1")]
    [InlineData("subnet-a subnet-b", "10.0.1.1 10.0.2.1")]
    [InlineData("subnet-x subnet-b", "10.0.2.1")]
    public void There_is_one_in_each_subnet_that_has_a_pool_of_its_own_and_one_otherwise(string subnets, string addresses) =>
        Assert.Equal(addresses, Text(LoadBalancerAddresses.New(_pools, MemoryResources.Empty, Wish(subnets)).Named));

    [Fact]
    public void Of_each_the_zone_is_known()
    {
        var addresses = LoadBalancerAddresses.New(_pools, MemoryResources.Empty, Wish("subnet-a subnet-b"));

        Assert.Equal("10.0.2.1", Text(addresses.In("zone-b")));
        Assert.Equal("10.0.1.1 10.0.2.1", Text(addresses.In("zone-x")));
        Assert.Equal([("10.0.1.1", "zone-a"), ("10.0.2.1", "zone-b")], addresses.Zoned.Select(each => ($"{each.Address}", each.Zone)));
        Assert.Equal(("10.0.2.1", "10.0.1.1"), ($"{addresses.InSubnet("subnet-b")}", $"{addresses.InSubnet("subnet-x")}"));
    }

    [Theory]
    [InlineData("subnet-a", "subnet-a subnet-b", "10.0.1.1 10.0.2.1", "")]
    [InlineData("subnet-a subnet-b", "subnet-b", "10.0.2.1", "10.0.1.1")]
    [InlineData("subnet-a subnet-b", "subnet-a", "10.0.1.1", "10.0.2.1")]
    [InlineData("subnet-a", "subnet-x", "10.0.0.1", "10.0.1.1")]
    [InlineData("subnet-x", "subnet-a", "10.0.0.1 10.0.1.1", "")]
    [InlineData("subnet-a subnet-b", "subnet-a subnet-b", "10.0.1.1 10.0.2.1", "")]
    public void A_change_of_subnets_keeps_what_can_stay_and_what_leaves_is_served_for_a_while(
        string before, string after, string named, string leaving)
    {
        var changed = LoadBalancerAddresses.New(_pools, MemoryResources.Empty, Wish(before))
            .Changed(_pools, MemoryResources.Empty, Wish(after), Until);

        Assert.Equal(named, Text(changed.Named));
        Assert.Equal(leaving, Text(changed.Leaving.Select(each => each.Address)));
        Assert.Equal($"{named} {leaving}".Trim(), Text(changed.All));
        Assert.Equal(leaving, Text(changed.At(Until.AddTicks(-1)).Leaving.Select(each => each.Address)));
        Assert.Equal(named, Text(changed.At(Until).All));
    }

    [Fact]
    public void A_subnet_that_comes_back_while_its_address_leaves_has_that_again()
    {
        var whole = LoadBalancerAddresses.New(_pools, MemoryResources.Empty, Wish("subnet-a subnet-b"));

        var back = whole.Changed(_pools, MemoryResources.Empty, Wish("subnet-b"), Until)
            .Changed(_pools, MemoryResources.Empty, Wish("subnet-a subnet-b"), Until);

        Assert.Equal("10.0.2.1 10.0.1.1", Text(back.All));
        Assert.Empty(back.Leaving);
    }

    [Theory]
    [InlineData("10.0.0.9", "10.0.0.9 10.0.1.1 10.0.2.1")]
    [InlineData("10.0.2.9", "10.0.2.9 10.0.1.1")]
    public void What_was_given_before_there_were_pools_stays_and_others_come(string first, string named)
    {
        var old = new LoadBalancerAddresses(IPAddress.Parse(first), [], []);

        var changed = old.Changed(_pools, MemoryResources.Empty, Wish("subnet-a subnet-b"), Until);

        Assert.Equal(named, Text(changed.Named));
        Assert.Equal(changed, changed.Changed(_pools, MemoryResources.Empty, Wish("subnet-a subnet-b"), Until));
        Assert.Equal(changed.Named, changed.Changed(Pools(), MemoryResources.Empty, Wish("subnet-a subnet-b"), Until).Named);
    }

    [Fact]
    public void Others_are_due_when_a_time_is_past_or_a_subnet_has_a_pool_that_gave_nothing()
    {
        var clock = new SetClock(Sample.Noon);
        var assignment = new AddressAssignment(_pools, ClockSpeed.Real, clock);
        var one = new LoadBalancerAddresses(IPAddress.Parse("10.0.0.9"), [], []);

        Assert.False(assignment.IsDue(one, ["subnet-x"]));
        Assert.True(assignment.IsDue(one, ["subnet-x", "subnet-a"]));
        var two = assignment.Of(one, MemoryResources.Empty, Wish("subnet-a"));
        Assert.False(assignment.IsDue(two, ["subnet-a"]));
        var left = assignment.Of(two, MemoryResources.Empty, Wish("subnet-x"));
        Assert.Equal("10.0.1.1", Text(left.Leaving.Select(each => each.Address)));
        Assert.False(assignment.IsDue(left, ["subnet-x"]));
        clock.Now += TimeSpan.FromMinutes(2);
        Assert.True(assignment.IsDue(left, ["subnet-x"]));
        Assert.Equal("10.0.0.9", Text(assignment.Of(left, MemoryResources.Empty, Wish("subnet-x")).All));
    }

    [Fact]
    public void Who_has_to_enlarge_a_pool_is_told_its_setting()
    {
        var pools = Pools("subnet-a 10.0.1.0/32");
        var taken = MemoryResources.Of(Sample.LoadBalancer("other", "10.0.1.0"));

        var fault = Assert.Throws<ServiceException>(() => LoadBalancerAddresses.New(pools, taken, Wish("subnet-a")));

        Assert.Contains("enlarge SubnetAddressPools:subnet-a", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_for_in_a_subnet_is_given_there_and_stays_while_the_load_balancer_is_there()
    {
        var asked = Wish("subnet-a subnet-b subnet-x") with
        {
            Fixed = new Dictionary<string, FixedAddress>
            {
                ["subnet-a"] = new(IPAddress.Parse("10.0.1.9"), null),
                ["subnet-x"] = new(IPAddress.Parse("203.0.113.7"), "eipalloc-1"),
            },
        };
        var made = LoadBalancerAddresses.New(_pools, MemoryResources.Empty, asked);
        var kept = made.Changed(_pools, MemoryResources.Empty, Wish("subnet-a subnet-x"), Until);

        Assert.Equal("10.0.1.9 10.0.2.1 203.0.113.7", Text(made.Named));
        Assert.Equal([true, false, true], made.OfSubnets.Select(each => each.IsFixed));
        Assert.Equal([made.OfSubnets[0], made.OfSubnets[2]], kept.OfSubnets);

        // An account's own comes back by its id alone.
        var left = made.Changed(_pools, MemoryResources.Empty, Wish("subnet-a"), Until);
        Assert.Equal("10.0.2.1 203.0.113.7", Text(left.Leaving.Select(each => each.Address)));
        var back = left.Changed(_pools, MemoryResources.Empty, Wish("subnet-a subnet-b subnet-x"), Until);
        Assert.Equal("10.0.1.9 10.0.2.1", Text(back.Named));
        Assert.Equal("203.0.113.7", Text(back.Leaving.Select(each => each.Address)));
        Assert.Empty(back.Changed(_pools, MemoryResources.Empty, asked, Until).Leaving);
    }

    [Fact]
    public void One_of_IPv6_is_beside_the_others_and_of_no_zone()
    {
        var made = LoadBalancerAddresses.New(_pools, MemoryResources.Empty, Wish("subnet-a") with { IsDualStack = true });
        var left = made.Changed(_pools, MemoryResources.Empty, Wish("subnet-a"), Until);
        var back = left.Changed(_pools, MemoryResources.Empty, Wish("subnet-a") with { IsDualStack = true }, Until);

        Assert.Equal("10.0.1.1 fd00:1::1", Text(made.Named));
        Assert.Equal([("10.0.1.1", "zone-a"), ("fd00:1::1", null)], made.Zoned.Select(each => ($"{each.Address}", each.Zone)));
        Assert.Equal("10.0.1.1", Text(made.In("zone-a")));
        Assert.Equal(("10.0.1.1", "10.0.1.1 fd00:1::1"), (Text(left.Named), Text(left.All)));
        Assert.Equal(("10.0.1.1 fd00:1::1", 0), (Text(back.Named), back.Leaving.Count));
        Assert.Equal("10.0.1.1", Text(left.At(Until).All));
    }

    private static AddressPools Pools(params string[] bySubnet) => new(
        new([IPNetwork.Parse("10.0.0.0/24")]), null,
        bySubnet.Select(text => text.Split(' '))
            .ToDictionary(
                pair => pair[0], pair => new AddressPool([IPNetwork.Parse(pair[1])], setting: $"SubnetAddressPools:{pair[0]}")),
        new([IPNetwork.Parse("fd00:1::/64")]));

    private static AddressWish Wish(string subnets) => new(
        [80], false, [.. subnets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => (id, $"zone-{id[^1]}"))]);

    private static string Text(IEnumerable<IPAddress> addresses) => string.Join(' ', addresses);

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
