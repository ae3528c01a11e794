using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Tests.Unit.LoadBalancers.Policies;

public sealed class SslNegotiationTests
{
    [Theory]
    [InlineData("ELBSecurityPolicy-2016-08", "TLSv1 TLSv1.1 TLSv1.2", 18)]
    [InlineData("ELBSecurityPolicy-TLS-1-2-2017-01", "TLSv1.2", 12)]
    [InlineData("ELBSecurityPolicy-TLS-1-1-2017-01", "TLSv1.1 TLSv1.2", 18)]
    [InlineData("ELBSecurityPolicy-2015-05", "TLSv1 TLSv1.1 TLSv1.2", 19)]
    [InlineData("ELBSecurityPolicy-2014-01", "TLSv1 SSLv3 TLSv1.1 TLSv1.2", 22)]
    [InlineData("ELBSample-ELBDefaultNegotiationPolicy", "TLSv1 SSLv3", 44)]
    public void A_reference_stands_for_the_predefined_policy(string reference, string protocols, int ciphers)
    {
        var negotiation = SslNegotiation.Of(SamplePolicies.Referring("mine", reference));

        Assert.Equal(protocols, string.Join(' ', negotiation.Protocols.Select(protocol => protocol["Protocol-".Length..])));
        Assert.Equal(ciphers, negotiation.Ciphers.Count);
    }

    [Fact]
    public void A_custom_policy_has_on_what_it_names_true_in_the_order_of_preference()
    {
        var negotiation = SslNegotiation.Of(SamplePolicies.Ssl(
            "mine", new("AES128-SHA", "true"), new("Protocol-TLSv1.1", "TRUE"), new("ECDHE-RSA-AES128-SHA", "True"),
            new("RC4-SHA", "false")));

        Assert.Equal(
            (["Protocol-TLSv1.1"], ["ECDHE-RSA-AES128-SHA", "AES128-SHA"], false),
            (negotiation.Protocols, negotiation.Ciphers, negotiation.IsServerOrder));
    }

    [Fact]
    public void A_policy_without_attributes_and_the_automatic_one_are_the_default_policy()
    {
        var expected = PredefinedPolicies.Find("ELBSecurityPolicy-2016-08")!.Attributes;

        Assert.Equal(expected, SamplePolicies.Ssl("mine").Describe());
        Assert.Equal(
            SslNegotiation.Of(SamplePolicies.Referring("x", "ELBSecurityPolicy-2016-08")),
            SamplePolicies.LoadBalancer.NegotiationOfListener(443));
    }

    [Fact]
    public void A_custom_policy_is_described_in_full_with_what_was_sent_as_it_was_sent()
    {
        var described = SamplePolicies.Ssl("mine", new("Protocol-TLSv1.2", "True"), new("AES128-SHA", "true")).Describe();

        Assert.Equal(93, described.Count);
        Assert.Equal(
            ["Protocol-TLSv1.2=True", "AES128-SHA=true"],
            described.Where(attribute => attribute.Value != "false").Select(attribute => $"{attribute.Name}={attribute.Value}"));
    }

    [Fact]
    public void A_reference_is_described_before_what_it_stands_for()
    {
        var described = SamplePolicies.Referring("mine", "ELBSecurityPolicy-TLS-1-2-2017-01").Describe();

        Assert.Equal(94, described.Count);
        Assert.Equal(new("Reference-Security-Policy", "ELBSecurityPolicy-TLS-1-2-2017-01"), described[0]);
        Assert.Contains(new("Protocol-TLSv1", "false"), described);
    }

    [Fact]
    public void The_load_balancer_cookie_is_described_with_its_one_attribute_whether_given_or_not() => Assert.Multiple(
        () => Assert.Equal([new(PolicyTypes.CookieExpirationPeriod, "0")], SamplePolicies.LBCookie(period: null).Describe()),
        () => Assert.Equal([new(PolicyTypes.CookieExpirationPeriod, "60")], SamplePolicies.LBCookie().Describe()));

    [Fact]
    public void The_tables_hold_what_AWS_lists()
    {
        Assert.Equal(11, PredefinedPolicies.All.Count);
        Assert.All(PredefinedPolicies.All, policy => Assert.Equal(93, policy.Attributes.Count));
        Assert.Equal(6, PolicyTypes.All.Count);
        Assert.Equal(94, PolicyTypes.Get(PolicyTypes.SslNegotiation).Attributes.Count);
    }
}
