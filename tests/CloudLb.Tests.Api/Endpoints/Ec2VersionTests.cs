using CloudLb.Ec2.Contracts;
using CloudLb.Tests.Api.Certificates;

namespace CloudLb.Tests.Api.Endpoints;

/// <summary>EC2's calls in the versions that older clients ask for, such as boto 2, whose ELB calls are today's.</summary>
public sealed class Ec2VersionTests(SecureServer server) : IClassFixture<SecureServer>
{
    [Theory]
    [InlineData("2013-10-15")]
    [InlineData("2014-10-01")]
    [InlineData("2016-09-15")]
    public async Task An_earlier_version_is_answered_like_the_last(string version)
    {
        var last = await server.CallAsync(Ec2Contract.Service, Ec2Contract.DescribeSubnets, new());
        var earlier = await server.CallAsync(Ec2Contract.Service with { Version = version }, Ec2Contract.DescribeSubnets, new());

        Assert.Equal(last.Subnets!.Select(subnet => subnet.SubnetId), earlier.Subnets!.Select(subnet => subnet.SubnetId));
    }

    [Theory]
    [InlineData("2014-10-02")]
    [InlineData("2030-01-01")]
    public async Task A_version_that_EC2_never_had_is_refused(string version)
    {
        var refusal = await Assert.ThrowsAsync<ServiceRefusal>(() => server.CallAsync(
            Ec2Contract.Service with { Version = version }, Ec2Contract.DescribeSubnets, new()));

        Assert.Equal((400, "InvalidAction"), refusal.Error);
    }
}
