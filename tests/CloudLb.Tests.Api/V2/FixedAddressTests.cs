using System.Xml.Linq;
using CloudLb.Tests.Api.Actions;
using static CloudLb.Tests.Api.V2.V2Resources;

namespace CloudLb.Tests.Api.V2;

/// <summary>Addresses that subnet mappings of network load balancers ask for.</summary>
public sealed class FixedAddressTests(ElbServer server) : IClassFixture<ElbServer>
{
    private const string First = "&SubnetMappings.member.1.SubnetId=subnet-00000010";
    private const string Second = "&SubnetMappings.member.2.SubnetId=subnet-00000011";

    [Fact]
    public async Task An_internal_one_has_the_address_of_the_subnets_pool_that_it_asks_for_and_nobody_else_gets_it()
    {
        const string Asked = $"{First}&SubnetMappings.member.1.PrivateIPv4Address=127.201.0.1{Second}";
        var name = NewName("fixed");
        var made = await CreateAsync($"{name}&Scheme=internal{Asked}");

        Assert.Equal(["PrivateIPv4Address=127.201.0.1", ""], AddressesOf(made));
        Assert.Equal(["PrivateIPv4Address=127.201.0.1", ""], AddressesOf(await DescribeAsync(name)));
        Assert.Equal(ArnOf(made), ArnOf(await CreateAsync($"{name}&Scheme=internal{Asked}")));
        Assert.Equal("DuplicateLoadBalancerName", (await RefusalAsync($"{name}&Scheme=internal{First}{Second}")).Code);
        Assert.Equal(
            (400, "InvalidConfigurationRequest", "The private IPv4 address '127.201.0.1' is in use"),
            await RefusalAsync($"{NewName("late")}&Scheme=internal{First}&SubnetMappings.member.1.PrivateIPv4Address=127.201.0.1"));

        // What is left of the pool of six are four, as an account has another of them.
        var others = new List<string>();
        foreach (var _ in Enumerable.Range(0, 4))
        {
            var other = await CreateAsync($"{NewName("any")}&Scheme=internal{First}");
            Assert.Equal([""], AddressesOf(other));
            others.Add(ArnOf(other));
        }

        Assert.Equal("ServiceUnavailable", (await RefusalAsync($"{NewName("any")}&Scheme=internal{First}")).Code);
        await DeleteAsync(ArnOf(made));
        var next = await CreateAsync(
            $"{NewName("next")}&Scheme=internal{First}&SubnetMappings.member.1.PrivateIPv4Address=127.201.0.1");
        foreach (var arn in others.Append(ArnOf(next)))
        {
            await DeleteAsync(arn);
        }
    }

    [Fact]
    public async Task An_internet_facing_one_has_its_accounts_own_address_until_it_is_deleted()
    {
        const string Both =
            $"{First}&SubnetMappings.member.1.AllocationId=eipalloc-1{Second}&SubnetMappings.member.2.AllocationId=eipalloc-2";
        var name = NewName("elastic");
        var arn = ArnOf(await CreateAsync($"{name}{Both}"));

        Assert.Equal(
            ["IpAddress=203.0.113.1,AllocationId=eipalloc-1", "IpAddress=127.201.0.2,AllocationId=eipalloc-2"],
            AddressesOf(await DescribeAsync(name)));
        Assert.Equal(
            (400, "ResourceInUse", "The allocation IDs are not available for use"),
            await RefusalAsync($"{NewName("late")}{First}&SubnetMappings.member.1.AllocationId=eipalloc-2"));
        await DeleteAsync(arn);
        await DeleteAsync(ArnOf(await CreateAsync($"{NewName("next")}{First}&SubnetMappings.member.1.AllocationId=eipalloc-2")));
    }

    [Fact]
    public async Task Subnets_that_are_set_may_ask_for_addresses_and_what_is_there_keeps_its_own()
    {
        var name = NewName("moved");
        var arn = ArnOf(await CreateAsync($"{name}{First}&SubnetMappings.member.1.AllocationId=eipalloc-1"));
        var call = $"Action=SetSubnets&LoadBalancerArn={arn}";
        var changed = await server.SendV2Async($"{call}{First}{Second}&SubnetMappings.member.2.AllocationId=eipalloc-2");

        string[] both = ["IpAddress=203.0.113.1,AllocationId=eipalloc-1", "IpAddress=127.201.0.2,AllocationId=eipalloc-2"];
        Assert.Equal(both, AddressesOf(changed));
        await server.SendV2Async($"{call}&Subnets.member.1=subnet-00000010&Subnets.member.2=subnet-00000011");
        Assert.Equal(both, AddressesOf(await DescribeAsync(name)));
        Assert.Equal(
            (400, "InvalidConfigurationRequest",
                "The address of the load balancer in the subnet 'subnet-00000010' cannot be changed"),
            await server.RefusalV2Async($"{call}{First}&SubnetMappings.member.1.AllocationId=eipalloc-2"));
        Assert.Equal(both[1..], AddressesOf(await server.SendV2Async($"{call}&Subnets.member.1=subnet-00000011")));
        await DeleteAsync(arn);
    }

    [Theory]
    [InlineData("&AllocationId=eipalloc-9", "AllocationIdNotFound", "The allocation ID 'eipalloc-9' does not exist")]
    [InlineData("&AllocationId=eipalloc-3", "AllocationIdNotFound", "The allocation ID 'eipalloc-3' does not exist")]
    [InlineData("&AllocationId=eipalloc-1&PrivateIPv4Address=127.201.0.1", "ValidationError",
        "You can specify either an allocation ID or a private IPv4 address for a subnet, not both")]
    [InlineData("&AllocationId=eipalloc-1&Scheme=internal", "ValidationError",
        "Elastic IPs are not supported for load balancers with scheme 'internal'")]
    [InlineData("&PrivateIPv4Address=127.201.0.1", "InvalidConfigurationRequest",
        "Private IPv4 addresses can be specified for internal load balancers with type 'network' only")]
    [InlineData("&PrivateIPv4Address=127.201.0.1&Scheme=internal&Type=application", "InvalidConfigurationRequest",
        "Private IPv4 addresses can be specified for internal load balancers with type 'network' only")]
    [InlineData("&PrivateIPv4Address=127.201.0.0&Scheme=internal", "InvalidConfigurationRequest",
        "The private IPv4 address '127.201.0.0' is none of the subnet 'subnet-00000010'")]
    [InlineData("&PrivateIPv4Address=127.201.0.2&Scheme=internal", "InvalidConfigurationRequest",
        "The private IPv4 address '127.201.0.2' is none of the subnet 'subnet-00000010'")]
    [InlineData("&PrivateIPv4Address=0127.201.0.1&Scheme=internal", "ValidationError",
        "The private IPv4 address '0127.201.0.1' is not valid")]
    [InlineData("&PrivateIPv4Address=127.0.0.1%0A&Scheme=internal", "ValidationError", null)]
    [InlineData("&PrivateIPv4Address=127.201.0.1&Scheme=internal&SubnetId=subnet-00000000", "InvalidConfigurationRequest",
        "The subnet 'subnet-00000000' has no addresses of its own here; the setting SubnetAddressPools:subnet-00000000 gives it some")]
    [InlineData("&IPv6Address=fd00::1", "InvalidConfigurationRequest", "The value 'fd00::1' of 'IPv6Address' is not supported")]
    public async Task What_cannot_be_had_is_refused(string asked, string code, string? message)
    {
        var parts = asked.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.StartsWith("Scheme", StringComparison.Ordinal) || part.StartsWith("Type", StringComparison.Ordinal)
                ? part : $"SubnetMappings.member.1.{part}");
        var form = string.Join('&', parts);
        var subnet = form.Contains("SubnetId", StringComparison.Ordinal) ? "&" : $"{First}&";
        var type = form.Contains("Type=", StringComparison.Ordinal) ? "" : "&Type=network";
        var refusal = await server.RefusalV2Async($"Action=CreateLoadBalancer&Name={NewName("none")}{type}{subnet}{form}");

        Assert.Equal((400, code, message ?? refusal.Message), refusal);
    }

    [Fact]
    public async Task An_address_is_asked_for_once() => Assert.Equal(
        (400, "InvalidConfigurationRequest", "A subnet can have one address, and an address can be of one subnet"),
        await RefusalAsync(
            $"{NewName("twice")}{First}&SubnetMappings.member.1.AllocationId=eipalloc-1" +
            $"{Second}&SubnetMappings.member.2.AllocationId=eipalloc-1"));

    private Task<XElement> CreateAsync(string form) =>
        server.SendV2Async($"Action=CreateLoadBalancer&Type=network&Name={form}");

    private Task<(int Status, string Code, string Message)> RefusalAsync(string form) =>
        server.RefusalV2Async($"Action=CreateLoadBalancer&Type=network&Name={form}");

    private Task<XElement> DescribeAsync(string name) => server.SendV2Async($"Action=DescribeLoadBalancers&Names.member.1={name}");

    private Task<XElement> DeleteAsync(string arn) => server.SendV2Async($"Action=DeleteLoadBalancer&LoadBalancerArn={arn}");

    private static string ArnOf(XElement answer) => answer.Descendants("LoadBalancerArn").Single().Value;

    /// <summary>What is told of each zone.</summary>
    private static IEnumerable<string> AddressesOf(XElement answer) => answer.Descendants("LoadBalancerAddresses").Select(
        zone => string.Join(',', zone.Descendants("member").Elements().Select(part => $"{part.Name}={part.Value}")));
}
