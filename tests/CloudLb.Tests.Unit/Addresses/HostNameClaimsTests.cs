using CloudLb.Core.Addresses;

namespace CloudLb.Tests.Unit.Addresses;

public sealed class HostNameClaimsTests
{
    private readonly HostNameClaims _claims = new(
        isShared: true, "elb.example.com", new Dictionary<string, IReadOnlyList<string>>
        {
            ["123456789012"] = ["example.com"], [HostNameClaims.Everybody] = ["localhost"],
        });

    [Theory]
    [InlineData("123456789012", "www.example.com", true)]
    [InlineData("123456789012", "example.com", true)]
    [InlineData("123456789012", "wwwexample.com", false)]
    [InlineData("123456789012", "elb.example.com", false)]
    [InlineData("123456789012", "web-1.us-east-1.elb.example.com", false)]
    [InlineData("210987654321", "www.example.com", false)]
    [InlineData("210987654321", "shop.localhost", true)]
    public void An_account_may_claim_names_in_its_domains_and_none_below_the_suffix(string account, string name, bool isAllowed) =>
        Assert.Equal(isAllowed, _claims.MayClaim(account, name));

    [Fact]
    public void Without_a_shared_address_nobody_may_claim_any() =>
        Assert.False(HostNameClaims.None.MayClaim("123456789012", "shop.localhost"));

    [Theory]
    [InlineData("a.example.com  B.example.com,a.example.com", "a.example.com b.example.com")]
    [InlineData("10.0.0.1 -a.test a_b.test a..b \"x\" ÿ.test *.test", "a_b.test")]
    [InlineData(null, "")]
    public void What_is_no_host_name_is_none(string? value, string names) =>
        Assert.Equal(names, string.Join(' ', HostNameClaims.NamesIn(value)));
}
