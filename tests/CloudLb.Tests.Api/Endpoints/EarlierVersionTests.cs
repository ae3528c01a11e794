using CloudLb.Ec2.Contracts;
using CloudLb.Elb.Contracts;
using CloudLb.Tests.Api.Certificates;

namespace CloudLb.Tests.Api.Endpoints;

/// <summary>Calls in the versions that older clients ask for.</summary>
public sealed class EarlierVersionTests(SecureServer server) : IClassFixture<SecureServer>
{
    [Theory]
    [InlineData("2013-10-15")]
    [InlineData("2014-10-01")]
    [InlineData("2016-09-15")]
    public async Task One_of_EC2_is_answered_like_the_last(string version)
    {
        var last = await server.CallAsync(Ec2Contract.Service, Ec2Contract.DescribeSubnets, new());
        var earlier = await server.CallAsync(Ec2Contract.Service with { Version = version }, Ec2Contract.DescribeSubnets, new());

        Assert.Equal(last.Subnets!.Select(subnet => subnet.SubnetId), earlier.Subnets!.Select(subnet => subnet.SubnetId));
    }

    [Theory]
    [InlineData("2014-10-02")]
    [InlineData("2030-01-01")]
    public async Task One_that_EC2_never_had_is_refused(string version)
    {
        var refusal = await Assert.ThrowsAsync<ServiceRefusal>(() => server.CallAsync(
            Ec2Contract.Service with { Version = version }, Ec2Contract.DescribeSubnets, new()));

        Assert.Equal((400, "InvalidAction"), refusal.Error);
    }

    [Theory]
    [InlineData("2010-07-01")]
    [InlineData("2011-04-05")]
    [InlineData("2011-11-15")]
    public async Task One_of_Classic_load_balancers_is_answered_like_the_last(string version)
    {
        var earlier = ElasticLoadBalancingContract.Service with { Version = version };
        var name = $"old-{version}";
        await server.CallAsync(earlier, ElasticLoadBalancingContract.CreateLoadBalancer, new()
        {
            LoadBalancerName = name,
            AvailabilityZones = ["eu-west-1a"],
            Listeners = [new() { Protocol = "HTTP", LoadBalancerPort = 80, InstancePort = 8080 }],
        });
        var found = await server.CallAsync(
            earlier, ElasticLoadBalancingContract.DescribeLoadBalancers, new() { LoadBalancerNames = [name] });
        await server.CallAsync(earlier, ElasticLoadBalancingContract.DeleteLoadBalancer, new() { LoadBalancerName = name });

        Assert.Equal(name, Assert.Single(found.LoadBalancerDescriptions!).LoadBalancerName);
    }
}
