using System.Xml.Linq;
using CloudLb.Tests.Api.Actions;

namespace CloudLb.Tests.Api.V2;

/// <summary>Limits, policies of TLS, and tags of whatever has an ARN.</summary>
public sealed class AccountTests(ElbServer server) : IClassFixture<ElbServer>
{
    private readonly V2Resources _resources = new(server);

    [Fact]
    public async Task Limits_come_under_AWSs_names_page_by_page()
    {
        var all = (await server.SendV2Async("Action=DescribeAccountLimits")).Descendants("Name").Select(name => name.Value).ToList();
        var first = await server.SendV2Async("Action=DescribeAccountLimits&PageSize=3");
        var second = await server.SendV2Async(
            $"Action=DescribeAccountLimits&Marker={first.Descendants("NextMarker").Single().Value}");

        Assert.Contains("application-load-balancers", all);
        Assert.Equal(all, first.Descendants("Name").Concat(second.Descendants("Name")).Select(name => name.Value));
        Assert.Equal(
            (400, "ValidationError",
                "1 validation error detected: Value '401' at 'pageSize' failed to satisfy constraint: " +
                "Member must have value less than or equal to 400"),
            await server.RefusalV2Async("Action=DescribeAccountLimits&PageSize=401"));
    }

    [Fact]
    public async Task All_of_AWSs_policies_of_TLS_are_described()
    {
        var all = await server.SendV2Async("Action=DescribeSSLPolicies&LoadBalancerType=network");
        var one = await server.SendV2Async("Action=DescribeSSLPolicies&Names.member.1=ELBSecurityPolicy-2016-08");

        Assert.Equal(49, all.Descendants("SslPolicies").Single().Elements().Count());
        Assert.Equal(["TLSv1", "TLSv1.1", "TLSv1.2"], one.Descendants("SslProtocols").Single().Elements().Select(name => name.Value));
        Assert.Equal(
            ("ECDHE-ECDSA-AES128-GCM-SHA256", "1"),
            (one.Descendants("Ciphers").Single().Descendants("Name").First().Value, one.Descendants("Priority").First().Value));
        Assert.Equal(
            (400, "SSLPolicyNotFound", "SSL policy 'elbsecuritypolicy-2016-08' not found"),
            await server.RefusalV2Async("Action=DescribeSSLPolicies&Names.member.1=elbsecuritypolicy-2016-08"));
    }

    [Fact]
    public async Task Load_balancers_groups_and_listeners_have_tags()
    {
        var (loadBalancer, group) = (await _resources.LoadBalancerAsync(), await _resources.TargetGroupAsync());
        var listener = await _resources.ListenerAsync(loadBalancer, group);
        var arns = string.Concat(
            new[] { listener, group, loadBalancer }.Select((arn, index) => $"&ResourceArns.member.{index + 1}={arn}"));
        await server.SendV2Async($"Action=AddTags{arns}&Tags.member.1.Key=b&Tags.member.1.Value=1&Tags.member.2.Key=a");
        await server.SendV2Async($"Action=RemoveTags&ResourceArns.member.1={group}&TagKeys.member.1=b&TagKeys.member.2=x");
        var described = (await server.SendV2Async($"Action=DescribeTags{arns}")).Descendants("TagDescriptions").Single().Elements();

        Assert.Equal(
            [$"{listener} a= b=1", $"{group} a=", $"{loadBalancer} a= b=1"],
            described.Select(each => $"{each.Element("ResourceArn")!.Value} {string.Join(' ', each.Descendants("member").Select(Tag))}"));
    }

    [Theory]
    [InlineData("&Tags.member.1.Key=aws:x", "ValidationError", "Tag key 'aws:x' cannot start with 'aws:'")]
    [InlineData("&Tags.member.1.Key=x&Tags.member.2.Key=x", "DuplicateTagKeys",
        "Duplicate Tag Keys found in the request. Tag keys should be unique.")]
    public async Task A_bad_tag_changes_no_resource(string tags, string code, string message)
    {
        var arn = await _resources.LoadBalancerAsync();

        Assert.Equal((400, code, message), await server.RefusalV2Async($"Action=AddTags&ResourceArns.member.1={arn}{tags}"));
        Assert.Empty((await server.SendV2Async($"Action=DescribeTags&ResourceArns.member.1={arn}")).Descendants("Key"));
    }

    [Theory]
    [InlineData("loadbalancer/app/x/0123456789abcdef", "LoadBalancerNotFound", "One or more load balancers not found")]
    [InlineData("targetgroup/x/0123456789abcdef", "TargetGroupNotFound",
        "Target groups 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/x/0123456789abcdef' not found")]
    [InlineData("listener/app/x/0123456789abcdef/0123456789abcdef", "ListenerNotFound", "One or more listeners not found")]
    [InlineData("truststore/x/0123456789abcdef", "TrustStoreNotFound", "One or more trust stores not found")]
    public async Task What_is_not_there_has_the_error_of_its_kind(string resource, string code, string message) => Assert.Equal(
        (400, code, message),
        await server.RefusalV2Async(
            $"Action=DescribeTags&ResourceArns.member.1=arn:aws:elasticloadbalancing:us-east-1:123456789012:{resource}"));

    [Fact]
    public async Task Nothing_is_reserved_and_no_capacity_can_be()
    {
        var arn = await _resources.LoadBalancerAsync();
        var described = await server.SendV2Async($"Action=DescribeCapacityReservation&LoadBalancerArn={arn}");

        Assert.Equal("2", described.Descendants("DecreaseRequestsRemaining").Single().Value);
        Assert.Equal(
            (400, "InvalidConfigurationRequest", "The value '100' of 'MinimumLoadBalancerCapacity' is not supported"),
            await server.RefusalV2Async(
                $"Action=ModifyCapacityReservation&LoadBalancerArn={arn}&MinimumLoadBalancerCapacity.CapacityUnits=100"));
    }

    private static string Tag(XElement tag) => $"{tag.Element("Key")!.Value}={tag.Element("Value")?.Value}";
}
