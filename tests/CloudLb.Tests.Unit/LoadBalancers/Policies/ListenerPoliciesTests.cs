using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Unit.LoadBalancers.Policies;

public sealed class ListenerPoliciesTests
{
    private const string Default = "ELBSecurityPolicy-2016-08";

    private static readonly LoadBalancer Web = SamplePolicies.LoadBalancer.With(
        SamplePolicies.LBCookie(), SamplePolicies.AppCookie(), SamplePolicies.Proxy(),
        SamplePolicies.Referring("tls", "ELBSecurityPolicy-TLS-1-2-2017-01"),
        SamplePolicies.Referring("older", "ELBSecurityPolicy-2015-05"), SamplePolicies.Key());

    [Fact]
    public void A_secure_listener_begins_with_the_default_negotiation_policy() => Assert.Multiple(
        () => Assert.Equal([Default], Names(SamplePolicies.LoadBalancer, 443)),
        () => Assert.Equal([Default], Names(SamplePolicies.LoadBalancer, 465)),
        () => Assert.Empty(Names(SamplePolicies.LoadBalancer, 80)),
        () => Assert.Equal([Default], SamplePolicies.LoadBalancer.Policies.Select(policy => policy.Name)),
        () => Assert.Empty(Sample.LoadBalancer().Policies));

    [Fact]
    public void The_policies_given_replace_those_there_were()
    {
        var web = Web.Set(80, "duration");
        Assert.Equal(["duration"], Names(web, 80));
        Assert.Equal(["app"], Names(web.Set(80, "app", "app"), 80));
        Assert.Empty(Names(web.Set(80), 80));
        Assert.Equal(Web.ListenerPolicies, web.Set(80).ListenerPolicies);
    }

    [Fact]
    public void A_secure_listener_always_has_a_negotiation_policy() => Assert.Multiple(
        () => Assert.Equal(["duration", Default], Names(Web.Set(443, "duration"), 443)),
        () => Assert.Equal(["tls"], Names(Web.Set(443, "tls"), 443)),
        () => Assert.Equal(["tls", "duration"], Names(Web.Set(443, "tls", "duration"), 443)),
        () => Assert.Equal([Default], Names(Web.Set(443, "tls").Set(443), 443)),
        () => Assert.Equal(["app", Default], Names(Web.Set(443, "tls").Set(443, "app"), 443)),
        () => Assert.Equal([Default], Names(Web.Set(443, Default), 443)));

    [Fact]
    public void The_default_policy_is_made_again_after_it_was_deleted()
    {
        var without = Web.Set(443, "tls").Set(465, "tls").WithoutPolicy(Default);

        Assert.Null(without.FindPolicy(Default));
        Assert.Equal([Default], Names(without.Set(443), 443));
        Assert.NotNull(without.Set(443).FindPolicy(Default));
    }

    [Theory]
    [InlineData(80, "tls")]
    [InlineData(25, "tls")]
    [InlineData(25, "duration")]
    [InlineData(465, "app")]
    [InlineData(80, "proxy")]
    [InlineData(25, "proxy")]
    [InlineData(443, "key")]
    public void A_policy_of_the_wrong_kind_cannot_be_enabled(int port, string name) => Assert.Equal(
        ("InvalidConfigurationRequest", $"{name} cannot be enabled"), Sample.Refusal(() => Web.Set(port, name)));

    [Theory]
    [InlineData("duration", "app")]
    [InlineData("tls", "older")]
    [InlineData("tls", Default)]
    public void Two_policies_of_a_kind_are_refused(string first, string second) =>
        Assert.Equal("InvalidConfigurationRequest", Sample.Refusal(() => Web.Set(443, first, second)).Code);

    [Fact]
    public void An_unknown_policy_or_port_is_refused() => Assert.Multiple(
        () => Assert.Equal(
            (
                "PolicyNotFound", "There is no policy with name missing for load balancer web"), Sample.Refusal(
                    () => Web.Set(80, "duration", "missing"))),
        () => Assert.Equal("PolicyNotFound", Sample.Refusal(() => Web.Set(443, "ELBSecurityPolicy-2015-05")).Code),
        () => Assert.Equal("ListenerNotFound", Sample.Refusal(() => Web.Set(81)).Code));

    [Fact]
    public void A_policy_that_is_on_cannot_be_deleted() => Assert.Equal(
        ("InvalidConfigurationRequest", "You cannot delete policy [duration] since it is enabled or referred by other enabled policy."),
        Sample.Refusal(() => Web.Set(80, "duration").WithoutPolicy("duration")));

    [Fact]
    public void The_policies_of_a_deleted_listener_stay_and_are_off()
    {
        var web = Web.Set(80, "duration").WithoutListeners([80]);

        Assert.NotNull(web.FindPolicy("duration"));
        Assert.Empty(Names(web.WithListeners([Sample.Listener()], Sample.Quotas), 80));
        Assert.Null(web.WithoutPolicy("duration").FindPolicy("duration"));
    }

    [Fact]
    public void The_same_listener_again_keeps_its_policies() =>
        Assert.Equal(Web.Set(443, "tls"), Web.Set(443, "tls").WithListeners(Web.Listeners, Sample.Quotas));

    [Fact]
    public void Policies_do_not_tell_a_repeated_creation_from_the_first() =>
        Assert.Same(Web, Web.MatchRepeatedCreation(SamplePolicies.LoadBalancer));

    [Fact]
    public void The_key_of_cookies_is_made_once_and_kept()
    {
        Assert.Null(Web.Set(443, "tls").StickinessKey);
        var sticky = Web.Set(80, "duration");
        Assert.Equal(SamplePolicies.StickinessKey, sticky.StickinessKey);
        Assert.Equal(SamplePolicies.StickinessKey, sticky.Set(80).WithPoliciesOfListener(443, ["app"], "other").StickinessKey);
    }

    private static IEnumerable<string> Names(LoadBalancer loadBalancer, int port) => loadBalancer.PolicyNamesOfListener(port);
}
