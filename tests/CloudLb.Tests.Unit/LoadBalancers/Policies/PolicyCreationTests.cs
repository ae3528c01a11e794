using CloudLb.Elb.Domain;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Tests.Unit.LoadBalancers.Policies;

public sealed class PolicyCreationTests
{
    private static readonly LoadBalancer Web = Sample.LoadBalancer();

    [Fact]
    public void Policies_stand_in_the_order_of_their_names_and_are_off() => Assert.Multiple(
        () =>
            Assert.Equal(
                ["a", "b"], Web.With(SamplePolicies.LBCookie("b"), SamplePolicies.AppCookie("a")).Policies.Select(policy => policy.Name)),
        () => Assert.Empty(Web.With(SamplePolicies.LBCookie("b")).ListenerPolicies));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a_b")]
    [InlineData("a\n")]
    [InlineData("é")]
    public void A_name_of_anything_but_letters_digits_and_hyphens_is_refused(string name) =>
        Assert.Equal("ValidationError", Sample.Refusal(() => Web.With(SamplePolicies.LBCookie(name))).Code);

    [Fact]
    public void A_name_has_255_characters_at_most()
    {
        Assert.NotNull(Web.With(SamplePolicies.LBCookie(new string('p', 255))).FindPolicy(new string('p', 255)));
        Assert.Equal("ValidationError", Sample.Refusal(() => Web.With(SamplePolicies.LBCookie(new string('p', 256)))).Code);
    }

    [Theory]
    [InlineData("ELBSecurityPolicy-2016-08")]
    [InlineData("ELBSecurityPolicy-mine")]
    [InlineData("elbsample-mine")]
    public void A_name_like_those_of_AWS_is_refused(string name) =>
        Assert.Equal("InvalidConfigurationRequest", Sample.Refusal(() => Web.With(SamplePolicies.Ssl(name))).Code);

    [Fact]
    public void The_same_policy_again_changes_nothing()
    {
        var custom = SamplePolicies.Ssl("tls", new PolicyAttribute("Protocol-TLSv1.2", "true"), new PolicyAttribute("AES128-SHA", "true"));
        var web = Web.With(custom, SamplePolicies.Proxy());

        Assert.Equal(web, web.With(SamplePolicies.Proxy(), custom with { Attributes = [custom.Attributes[1], custom.Attributes[0]] }));
    }

    [Fact]
    public void Another_policy_of_a_name_that_is_taken_is_a_DuplicatePolicyName() => Assert.Multiple(
        () => Assert.Equal(
            ("DuplicatePolicyName", "Policy Name [app] already exists."),
            Sample.Refusal(() => Web.With(SamplePolicies.AppCookie(), SamplePolicies.AppCookie(cookie: "OTHER")))),
        () =>
            Assert.Equal(
                "DuplicatePolicyName", Sample.Refusal(() => Web.With(SamplePolicies.LBCookie("x", null), SamplePolicies.Ssl("x"))).Code));

    [Theory]
    [InlineData(null, "0")]
    [InlineData("0", null)]
    public void A_cookie_without_a_period_is_the_same_as_one_with_0(string? there, string? again)
    {
        var web = Web.With(SamplePolicies.LBCookie("session", there));

        Assert.Equal(web, web.With(SamplePolicies.LBCookie("session", again)));
        Assert.Equal("DuplicatePolicyName", Sample.Refusal(() => web.With(SamplePolicies.LBCookie("session"))).Code);
    }

    [Fact]
    public void A_reference_to_a_policy_that_AWS_does_not_have_is_told_in_its_words() => Assert.Equal(
        ("ValidationError", "Invalid Reference Security Policy: my-own"),
        Sample.Refusal(() => Web.With(SamplePolicies.Ssl("tls", new PolicyAttribute("Reference-Security-Policy", "my-own")))));

    [Fact]
    public void No_policy_is_deleted_without_a_name() =>
        Assert.Equal(("ValidationError", "PolicyName cannot be empty"), Sample.Refusal(() => Web.WithoutPolicy("")));

    [Fact]
    public void More_policies_than_the_quota_are_refused_and_the_automatic_one_never_is()
    {
        var quotas = new Quotas { Policies = 1 };
        var full = Web.WithPolicy(SamplePolicies.LBCookie(), quotas);

        Assert.Equal("TooManyPolicies", Sample.Refusal(() => full.WithPolicy(SamplePolicies.AppCookie(), quotas)).Code);
        Assert.Equal(full, full.WithPolicy(SamplePolicies.LBCookie(), quotas));
        Assert.Equal(2, full.WithListeners([Sample.Listener(443, 8443, ListenerProtocol.HTTPS)], quotas).Policies.Count);
    }

    [Fact]
    public void An_unknown_type_is_a_PolicyTypeNotFound() =>
        Assert.Equal("PolicyTypeNotFound", Sample.Refusal(() => Web.With(SamplePolicies.Policy("x", "sslnegotiationpolicytype"))).Code);

    public static TheoryData<string, Policy> Breaches => new()
    {
        {
            "an attribute of another type",
            SamplePolicies.Policy("x", PolicyTypes.LBCookieStickiness, new PolicyAttribute("CookieName", "a"))
        },
        { "a required attribute is missing", SamplePolicies.Policy("x", PolicyTypes.AppCookieStickiness) },
        {
            "an attribute twice",
            SamplePolicies.Policy("x", PolicyTypes.ProxyProtocol, new("ProxyProtocol", "true"), new("ProxyProtocol", "true"))
        },
        { "no Boolean", SamplePolicies.Proxy(value: "yes") },
        { "a Boolean with a blank", SamplePolicies.Proxy(value: " true") },
        { "a negative period", SamplePolicies.LBCookie(period: "-1") },
        { "a period of ten thousand digits", SamplePolicies.LBCookie(period: new string('0', 9_999) + "7") },
        { "a fraction", SamplePolicies.LBCookie(period: "1.5") },
        { "an empty period", SamplePolicies.LBCookie(period: "") },
        { "a period that no long holds", SamplePolicies.LBCookie(period: "9223372036854775808") },
        { "an empty cookie name", SamplePolicies.AppCookie(cookie: "") },
        { "a cookie name that ends a line", SamplePolicies.AppCookie(cookie: "a\n  bind :1") },
        { "a cookie name with a quote", SamplePolicies.AppCookie(cookie: "a\"b") },
        { "a cookie name with a blank", SamplePolicies.AppCookie(cookie: "a b") },
        { "a cookie name with a semicolon", SamplePolicies.AppCookie(cookie: "a;b") },
        { "a cookie name with a parenthesis", SamplePolicies.AppCookie(cookie: "a)b") },
        { "a cookie name beyond ASCII", SamplePolicies.AppCookie(cookie: "ä") },
        { "a cookie name without end", SamplePolicies.AppCookie(cookie: new string('\'', 129)) },
        { "the load balancer's own cookie", SamplePolicies.AppCookie(cookie: "AWSELB") },
        { "a cipher without a protocol", SamplePolicies.Ssl("x", new PolicyAttribute("AES128-SHA", "true")) },
        {
            "a protocol without a cipher",
            SamplePolicies.Ssl("x", new PolicyAttribute("Protocol-TLSv1.2", "true"), new PolicyAttribute("AES128-SHA", "false"))
        },
        { "an unknown cipher", SamplePolicies.Ssl("x", new PolicyAttribute("AES-SHA:@SECLEVEL=0", "true")) },
        {
            "a reference that is contradicted",
            SamplePolicies.Ssl(
                "x", new(PolicyTypes.ReferenceSecurityPolicy, "ELBSecurityPolicy-2016-08"), new PolicyAttribute("Protocol-TLSv1", "false"))
        },
        { "a key that is no base64", SamplePolicies.Key(body: "-----BEGIN PUBLIC KEY-----") },
        { "base64 that is no key", SamplePolicies.Key(body: "bm90IGEga2V5") },
        { "a key that does not exist", SamplePolicies.Authentication("x", "missing") },
        { "authentication without keys", SamplePolicies.Authentication("x") },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public void Attributes_that_the_type_does_not_allow_are_refused(string breach, Policy policy) =>
        Assert.True(Sample.Refusal(() => Web.With(policy)).Code == "InvalidConfigurationRequest", breach);

    [Fact]
    public void Every_type_takes_what_AWS_takes()
    {
        var all = Web.With(
            SamplePolicies.Proxy("upper", "True"), SamplePolicies.LBCookie("none", null), SamplePolicies.LBCookie("zero", "0"),
            SamplePolicies.AppCookie(cookie: "a.b-c_$'~"),
            SamplePolicies.Ssl("empty"), SamplePolicies.Referring("referring", "ELBSample-OpenSSLDefaultNegotiationPolicy"),
            SamplePolicies.Key("one"), SamplePolicies.Key("two"),
            SamplePolicies.Authentication("both", "one", "two"));

        Assert.Equal(9, all.Policies.Count);
        Assert.Equal("True", all.GetPolicy("upper").Find("ProxyProtocol"));
    }

    [Fact]
    public void A_policy_that_is_off_can_be_deleted_and_one_that_is_missing_too() =>
        Assert.Equal(Web, Web.With(SamplePolicies.AppCookie()).WithoutPolicy("app").WithoutPolicy("app"));
}
