using System.Net;
using CloudLb.Core.Resources;
using CloudLb.ElbV2;
using CloudLb.ElbV2.Domain;

namespace CloudLb.Tests.Unit.ElbV2;

/// <summary>DNS names of network load balancers, of today's form and of the one before it.</summary>
public sealed class NetworkNameTests
{
    private static readonly Arn Arn =
        Arn.Parse("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/mail/0123456789abcdef");

    [Fact]
    public void A_new_one_has_the_form_of_AWS_whatever_its_scheme() => Assert.All(
        Enum.GetValues<LoadBalancerScheme>(),
        scheme => Assert.Equal(
            "mail-0123456789abcdef.elb.us-east-1.elb.test", new DnsNames("elb.test").New(Arn, LoadBalancerType.Network, scheme)));

    [Theory]
    [InlineData("mail-0123456789abcdef.us-east-1.elb.test")]
    [InlineData("mail-0123456789abcdef.elb.us-east-1.elb.test")]
    public void One_that_there_is_is_found_by_the_name_that_it_was_made_with_and_by_those_of_its_zones(string name)
    {
        var kept = new LoadBalancer
        {
            Arn = Arn,
            Type = LoadBalancerType.Network,
            DnsName = name,
            Address = IPAddress.Parse("10.0.0.1"),
            Scheme = LoadBalancerScheme.Internal,
            CreatedTime = DateTimeOffset.UnixEpoch,
            VpcId = "vpc-0a",
            Subnets = [new("subnet-0a", "us-east-1a")],
        };

        var uses = LoadBalancerCollection.Kind.Uses(kept).ToList();
        Assert.Contains(Use.OfHostName(name), uses);
        Assert.Contains(Use.OfHostName($"us-east-1a.{name}"), uses);
        Assert.Equal([IPAddress.Parse("10.0.0.1")], kept.AddressesOf(name));
    }
}
