using System.Xml.Linq;

namespace CloudLb.Tests.Api.Actions;

/// <summary>The actions on policies as a client sees them.</summary>
public sealed class PolicyTests(ElbServer server) : IClassFixture<ElbServer>
{
    [Fact]
    public async Task Policies_are_made_set_described_cleared_and_deleted()
    {
        var name = await server.CreateLoadBalancerAsync();
        await CreateAsync(name, "LBCookieStickiness", "duration", "&CookieExpirationPeriod=60");
        await CreateAsync(name, "LBCookieStickiness", "session", "");
        await CreateAsync(name, "AppCookieStickiness", "app", "&CookieName=JSESSIONID");
        await CreateAsync(name, "LoadBalancer", "proxy", "&PolicyTypeName=ProxyProtocolPolicyType" + Attribute(1, "ProxyProtocol", "True"));
        await SetOfListenerAsync(name, 80, "duration");
        await SetForBackendServerAsync(name, 2525, "proxy");

        var described = await DescribeAsync(name);
        Assert.Equal("app JSESSIONID", Text(described, "AppCookieStickinessPolicies"));
        Assert.Equal("duration 60|session", Text(described, "LBCookieStickinessPolicies"));
        Assert.Equal("proxy", Text(described, "OtherPolicies"));
        Assert.Equal("2525 proxy", Text(described, "BackendServerDescriptions"));
        Assert.Equal(["", "duration"], Listeners(described));

        await SetOfListenerAsync(name, 80, "app");
        Assert.Equal(["", "app"], Listeners(await DescribeAsync(name)));

        await server.SendAsync($"Action=SetLoadBalancerPoliciesOfListener&LoadBalancerName={name}&LoadBalancerPort=80&PolicyNames=");
        await server.SendAsync($"Action=SetLoadBalancerPoliciesForBackendServer&LoadBalancerName={name}&InstancePort=2525&PolicyNames=");
        foreach (var policy in (string[])["duration", "session", "app", "proxy", "never-made"])
        {
            await server.SendAsync($"Action=DeleteLoadBalancerPolicy&LoadBalancerName={name}&PolicyName={policy}");
        }

        described = await DescribeAsync(name);
        Assert.Equal(["", ""], Listeners(described));
        Assert.All(
            (string[])["AppCookieStickinessPolicies", "LBCookieStickinessPolicies", "OtherPolicies", "BackendServerDescriptions"],
            list => Assert.Empty(described.Descendants(list).Single().Nodes()));
    }

    [Fact]
    public async Task Policies_are_described_with_their_attributes()
    {
        var name = await server.CreateLoadBalancerAsync();
        await CreateAsync(name, "LBCookieStickiness", "session", "");
        await CreateAsync(name, "LoadBalancer", "proxy", "&PolicyTypeName=ProxyProtocolPolicyType" + Attribute(1, "ProxyProtocol", "True"));
        await CreateAsync(
            name, "LoadBalancer", "tls",
            "&PolicyTypeName=SSLNegotiationPolicyType" + Attribute(1, "Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01"));

        var all = await server.SendAsync($"Action=DescribeLoadBalancerPolicies&LoadBalancerName={name}");
        Assert.Equal(
            "proxy ProxyProtocolPolicyType ProxyProtocol True|session LBCookieStickinessPolicyType CookieExpirationPeriod 0",
            string.Join('|', all.Descendants("PolicyDescriptions").Single().Elements().Take(2).Select(Words)));

        var one = await server.SendAsync($"Action=DescribeLoadBalancerPolicies&LoadBalancerName={name}&PolicyNames.member.1=tls");
        var attributes = one.Descendants("PolicyAttributeDescriptions").Single().Elements().Select(Words).ToList();
        Assert.Equal((94, "Reference-Security-Policy ELBSecurityPolicy-TLS-1-2-2017-01"), (attributes.Count, attributes[0]));
        Assert.Contains("Protocol-TLSv1 false", attributes);
        Assert.Contains("AES128-GCM-SHA256 true", attributes);
    }

    [Fact]
    public async Task Without_a_load_balancer_the_predefined_policies_are_described()
    {
        var all = await server.SendAsync("Action=DescribeLoadBalancerPolicies");
        Assert.Equal(
            (11, "ELBSecurityPolicy-2016-08"), (all.Descendants("PolicyName").Count(), all.Descendants("PolicyName").First().Value));

        var one = await server.SendAsync("Action=DescribeLoadBalancerPolicies&PolicyNames.member.1=ELBSecurityPolicy-2015-05");
        Assert.Equal(93, one.Descendants("AttributeName").Count());
        Assert.Equal(
            (400, "PolicyNotFound", "There is no policy with name other"),
            await server.RefusalAsync("Action=DescribeLoadBalancerPolicies&PolicyNames.member.1=other"));
    }

    [Fact]
    public async Task Policy_types_are_described()
    {
        var all = await server.SendAsync("Action=DescribeLoadBalancerPolicyTypes");
        Assert.Equal(6, all.Descendants("PolicyTypeName").Count());

        var one = await server.SendAsync("Action=DescribeLoadBalancerPolicyTypes&PolicyTypeNames.member.1=AppCookieStickinessPolicyType");
        Assert.Equal("CookieName String ONE", Words(one.Descendants("PolicyAttributeTypeDescriptions").Single().Elements().Single()));
        Assert.Equal(
            "PolicyTypeNotFound",
            (await server.RefusalAsync("Action=DescribeLoadBalancerPolicyTypes&PolicyTypeNames.member.1=other")).Code);
    }

    /// <summary>The action's parameters after the load balancer's name, and the refusal; NAME stands for the load balancer.</summary>
    public static TheoryData<string, int, string, string> Refusals => new()
    {
        { "CreateAppCookieStickinessPolicy&PolicyName=on&CookieName=d", 400, "DuplicatePolicyName", "Policy Name [on] already exists." },
        {
            "CreateAppCookieStickinessPolicy&PolicyName=on&CookieName=other",
            400,
            "DuplicatePolicyName",
            "Policy Name [on] already exists."
        },
        {
            "CreateAppCookieStickinessPolicy&PolicyName=x&CookieName=a%0Ab", 409, "InvalidConfigurationRequest",
            "The value 'a\nb' of attribute CookieName is not valid"
        },
        {
            "CreateLBCookieStickinessPolicy&PolicyName=x&CookieExpirationPeriod=-1",
            400,
            "ValidationError",
            "CookieExpirationPeriod must not be negative"
        },
        {
            "CreateLBCookieStickinessPolicy&PolicyName=a%20b",
            400,
            "ValidationError",
            "Policy name must consist of letters, digits and the dash, at least one"
        },
        {
            "CreateLoadBalancerPolicy&PolicyName=x&PolicyTypeName=PublicKeyPolicyType" + Attribute(1, "PublicKey", "AAAA%0A%22"), 409,
            "InvalidConfigurationRequest", "The value of attribute PublicKey is not a public key in PEM form"
        },
        {
            "CreateLoadBalancerPolicy&PolicyName=x&PolicyTypeName=BackendServerAuthenticationPolicyType"
                + Attribute(1, "PublicKeyPolicyName", "on"),
            409,
            "InvalidConfigurationRequest", "There is no policy of type PublicKeyPolicyType with name on for load balancer NAME"
        },
        { "CreateLoadBalancerPolicy&PolicyName=x&PolicyTypeName=y", 400, "PolicyTypeNotFound", "There is no policy type with name y" },
        {
            "DeleteLoadBalancerPolicy&PolicyName=on", 409, "InvalidConfigurationRequest",
            "You cannot delete policy [on] since it is enabled or referred by other enabled policy."
        },
        {
            "DescribeLoadBalancerPolicies&PolicyNames.member.1=x",
            400,
            "PolicyNotFound",
            "There is no policy with name x for load balancer NAME"
        },
        {
            "SetLoadBalancerPoliciesOfListener&LoadBalancerPort=80&PolicyNames.member.1=x", 400, "PolicyNotFound",
            "There is no policy with name x for load balancer NAME"
        },
        {
            "SetLoadBalancerPoliciesOfListener&LoadBalancerPort=81&PolicyNames=", 400, "ListenerNotFound",
            "There is no listener with port 81 for load balancer NAME"
        },
        {
            "SetLoadBalancerPoliciesOfListener&LoadBalancerPort=25&PolicyNames.member.1=on",
            409,
            "InvalidConfigurationRequest",
            "on cannot be enabled"
        },
        {
            "SetLoadBalancerPoliciesForBackendServer&InstancePort=2525&PolicyNames.member.1=on",
            409,
            "InvalidConfigurationRequest",
            "on cannot be enabled"
        },
        {
            "SetLoadBalancerPoliciesForBackendServer&InstancePort=1&PolicyNames.member.1=on", 409, "InvalidConfigurationRequest",
            "There is no listener with instance port 1 for load balancer NAME"
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_is_wrong_is_refused_in_AWS_form(string request, int status, string code, string message)
    {
        var name = await server.CreateLoadBalancerAsync();
        await CreateAsync(name, "AppCookieStickiness", "on", "&CookieName=c");
        await SetOfListenerAsync(name, 80, "on");

        Assert.Equal((status, code, message.Replace("NAME", name)), await server.RefusalAsync($"Action={request}&LoadBalancerName={name}"));
    }

    [Theory]
    [InlineData("CreateAppCookieStickinessPolicy&PolicyName=x&CookieName=c")]
    [InlineData("CreateLBCookieStickinessPolicy&PolicyName=x")]
    [InlineData("CreateLBCookieStickinessPolicy&PolicyName=a%20b&CookieExpirationPeriod=-1")]
    [InlineData("CreateLoadBalancerPolicy&PolicyName=x&PolicyTypeName=LBCookieStickinessPolicyType")]
    [InlineData("DeleteLoadBalancerPolicy&PolicyName=x")]
    [InlineData("DescribeLoadBalancerPolicies")]
    [InlineData("SetLoadBalancerPoliciesOfListener&LoadBalancerPort=80&PolicyNames=")]
    [InlineData("SetLoadBalancerPoliciesForBackendServer&InstancePort=80&PolicyNames=")]
    public async Task A_load_balancer_that_does_not_exist_is_told(string request) => Assert.Equal(
        (400, "LoadBalancerNotFound", "There is no ACTIVE Load Balancer named 'missing'"),
        await server.RefusalAsync($"Action={request}&LoadBalancerName=missing"));

    private Task CreateAsync(string loadBalancer, string kind, string policy, string parameters) =>
        server.SendAsync($"Action=Create{kind}Policy&LoadBalancerName={loadBalancer}&PolicyName={policy}{parameters}");

    private Task SetOfListenerAsync(string loadBalancer, int port, string policy) => server.SendAsync(
        $"Action=SetLoadBalancerPoliciesOfListener&LoadBalancerName={loadBalancer}&LoadBalancerPort={port}&PolicyNames.member.1={policy}");

    private Task SetForBackendServerAsync(string loadBalancer, int port, string policy) => server.SendAsync(
        $"Action=SetLoadBalancerPoliciesForBackendServer&LoadBalancerName={loadBalancer}&InstancePort={port}" +
        $"&PolicyNames.member.1={policy}");

    private Task<XElement> DescribeAsync(string loadBalancer) =>
        server.SendAsync($"Action=DescribeLoadBalancers&LoadBalancerNames.member.1={loadBalancer}");

    private static string Attribute(int index, string name, string value) =>
        $"&PolicyAttributes.member.{index}.AttributeName={name}&PolicyAttributes.member.{index}.AttributeValue={value}";

    private static IEnumerable<string> Listeners(XElement described) =>
        described.Descendants("ListenerDescriptions").Single().Elements().Select(listener => Words(listener.Element("PolicyNames")!));

    private static string Text(XElement described, string list) =>
        string.Join('|', described.Descendants(list).Single().Elements().Select(Words));

    /// <summary>The texts of an element, in their order.</summary>
    private static string Words(XElement element) => string.Join(' ', element.DescendantNodes().OfType<XText>().Select(text => text.Value));
}
