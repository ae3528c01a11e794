using System.Net;
using CloudLb.Core.Addresses;

namespace CloudLb.Tests.Unit.Addresses;

public sealed class AddressPoolsTests
{
    private readonly AddressPools _pools = new(
        Pool("10.0.0.0/24"), Pool("10.0.1.0/24"), new Dictionary<string, AddressPool> { ["subnet-0b"] = Pool("10.0.2.0/24") });

    [Theory]
    [InlineData(false, "", "10.0.0.1")]
    [InlineData(true, "", "10.0.1.1")]
    [InlineData(false, "subnet-0a", "10.0.0.1")]
    [InlineData(true, "subnet-0a subnet-0b", "10.0.2.1")]
    public void An_address_is_of_the_subnets_pool_if_it_has_one_and_else_of_the_schemes(bool isInternal, string subnets, string address) =>
        Assert.Equal(
            IPAddress.Parse(address),
            LoadBalancerAddresses.New(
                _pools,
                LoadBalancers.MemoryResources.Empty,
                new AddressWish(
                    [80], isInternal,
                    [.. subnets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => (id, $"zone-{id[^1]}"))])).First);

    private static AddressPool Pool(string network) => new([IPNetwork.Parse(network)]);
}
