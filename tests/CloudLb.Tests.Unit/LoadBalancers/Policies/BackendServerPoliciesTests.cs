using CloudLb.Core.Certificates;
using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Unit.LoadBalancers.Policies;

public sealed class BackendServerPoliciesTests
{
    private static readonly LoadBalancer Web = SamplePolicies.LoadBalancer.With(
        SamplePolicies.Proxy(), SamplePolicies.Proxy("off", "false"), SamplePolicies.Key(), SamplePolicies.Authentication("auth", "key"),
        SamplePolicies.LBCookie());

    [Fact]
    public void The_policies_given_replace_those_there_were_and_an_empty_list_clears()
    {
        var web = Web.WithPoliciesForBackendServer(2525, ["proxy"]).WithPoliciesForBackendServer(4650, ["proxy", "auth"]);

        Assert.Equal(
            [(2525, "proxy"), (4650, "proxy auth")],
            web.BackendServerPolicies.Select(server => (server.InstancePort, string.Join(' ', server.PolicyNames))));
        Assert.Equal(["auth"], web.WithPoliciesForBackendServer(4650, ["auth"]).PoliciesOfInstancePort(4650).Select(policy => policy.Name));
        Assert.Equal(Web, web.WithPoliciesForBackendServer(4650, []).WithPoliciesForBackendServer(2525, []));
    }

    [Fact]
    public void The_proxy_protocol_is_on_where_a_policy_says_true()
    {
        var web = Web.WithPoliciesForBackendServer(2525, ["proxy"]).WithPoliciesForBackendServer(4650, ["off"]);

        Assert.Equal([true, false, false], [web.IsProxyProtocolOn(2525), web.IsProxyProtocolOn(4650), web.IsProxyProtocolOn(8080)]);
    }

    [Theory]
    [InlineData(
        8080, "proxy",
        "the listeners with instance port 8080 are HTTP or HTTPS, and the PROXY protocol goes with TCP and SSL listeners only")]
    [InlineData(2525, "auth", "the InstanceProtocol of instance port 2525 is TCP, and authentication needs HTTPS or SSL")]
    public void A_policy_that_does_not_go_with_the_instance_port_is_refused_with_the_reason(int instancePort, string name, string reason) =>
        Assert.Equal(
        ("InvalidConfigurationRequest", $"{name} cannot be enabled: {reason}"),
        Sample.Refusal(() => Web.WithPoliciesForBackendServer(instancePort, [name])));

    [Theory]
    [InlineData(2525, "key", "never set itself")]
    [InlineData(2525, "duration", "for listeners")]
    [InlineData(4650, "ELBSecurityPolicy-2016-08", "for listeners")]
    public void A_policy_of_the_wrong_kind_cannot_be_enabled(int instancePort, string name, string reason) => Assert.True(
        Sample.Refusal(
            () => Web.WithPoliciesForBackendServer(instancePort, [name])) == ("InvalidConfigurationRequest", $"{name} cannot be enabled"),
        reason);

    [Fact]
    public void An_unknown_policy_or_port_is_refused_and_clearing_an_unknown_port_is_not() => Assert.Multiple(
        () => Assert.Equal("PolicyNotFound", Sample.Refusal(() => Web.WithPoliciesForBackendServer(2525, ["missing"])).Code),
        () => Assert.Equal("InvalidConfigurationRequest", Sample.Refusal(() => Web.WithPoliciesForBackendServer(1, ["proxy"])).Code),
        () => Assert.Equal(Web, Web.WithPoliciesForBackendServer(1, [])));

    [Theory]
    [InlineData("auth")]
    [InlineData("key")]
    public void A_policy_that_is_on_or_named_by_one_cannot_be_deleted(string name) => Assert.Equal(
        ("InvalidConfigurationRequest", $"You cannot delete policy [{name}] since it is enabled or referred by other enabled policy."),
        Sample.Refusal(() => Web.WithPoliciesForBackendServer(4650, ["auth"]).WithoutPolicy(name)));

    [Fact]
    public void Authentication_without_its_key_cannot_be_enabled() => Assert.Equal(
        ("InvalidConfigurationRequest", "auth cannot be enabled: there is no policy with name key, which it names"),
        Sample.Refusal(() => Web.WithoutPolicy("key").WithPoliciesForBackendServer(4650, ["auth"])));

    [Fact]
    public void The_keys_accepted_at_an_instance_port_are_those_of_all_its_authentication_policies()
    {
        var other = TestCertificate.SelfSigned();
        var web = Web.With(SamplePolicies.Key("other", other.PublicKeyPem), SamplePolicies.Key("same", other.PublicKeyPem))
            .With(SamplePolicies.Authentication("more", "other", "same"));

        Assert.Null(web.AcceptedKeysOf(4650));
        Assert.Equal([Id(web, "key")], web.WithPoliciesForBackendServer(4650, ["auth"]).AcceptedKeysOf(4650)!.Value);
        Assert.Equal(
            new[] { Id(web, "key"), Id(web, "other") }.Order(StringComparer.Ordinal),
            web.WithPoliciesForBackendServer(4650, ["auth", "more"]).AcceptedKeysOf(4650)!.Value);
        Assert.Null(web.WithPoliciesForBackendServer(4650, ["auth"]).AcceptedKeysOf(8080));
    }

    private static string Id(LoadBalancer loadBalancer, string policy) =>
        PublicKeys.IdOf(loadBalancer.GetPolicy(policy).Find("PublicKey")!)!;

    [Fact]
    public void The_policies_of_an_instance_port_outlive_its_listener_until_they_are_cleared()
    {
        var web = Web.WithPoliciesForBackendServer(2525, ["proxy"]).WithoutListeners([25]);

        Assert.True(web.IsProxyProtocolOn(2525));
        Assert.Empty(web.WithPoliciesForBackendServer(2525, []).BackendServerPolicies);
    }

    [Fact]
    public void An_instance_port_with_authentication_takes_no_plain_listener() => Assert.Equal(
        (
            "InvalidConfigurationRequest",
            "auth cannot be enabled: the listener with port 26 has InstanceProtocol TCP, and authentication needs HTTPS or SSL"),
        Sample.Refusal(() => Web.WithPoliciesForBackendServer(4650, ["auth"])
            .WithListeners([Sample.Listener(26, 4650, ListenerProtocol.TCP)], Sample.Quotas)));
}
