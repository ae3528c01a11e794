using System.Text.RegularExpressions;
using CloudLb.Core;
using CloudLb.Elb.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class LoadBalancerNameTests
{
    private const string Alphabet = "LoadBalancer name cannot contain characters that are not letters, or digits or the dash.";
    private const string TooLong = "LoadBalancer name cannot be longer than 32 characters";
    private const string Hyphen = "Loadbalancer name cannot begin or end with a hyphen";

    [Theory]
    [InlineData("a")]
    [InlineData("7")]
    [InlineData("My-Web--2")]
    [InlineData("internal-web")]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345")]
    public void Letters_digits_and_inner_hyphens_make_a_name(string name) => Assert.Equal(name, LoadBalancerName.Check(name));

    [Theory]
    [InlineData("", "LoadBalancer name cannot be empty")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456", TooLong)]
    [InlineData("fake_load_balancer", Alphabet)]
    [InlineData("a b", Alphabet)]
    [InlineData("a\n", Alphabet)]
    [InlineData("a\0b", Alphabet)]
    [InlineData("wéb", Alphabet)]
    [InlineData("web٣", Alphabet)]
    [InlineData("\ud800", Alphabet)]
    [InlineData("-web", Hyphen)]
    [InlineData("web-", Hyphen)]
    [InlineData("-", Hyphen)]
    public void Any_other_name_is_a_ValidationError_in_the_words_of_AWS(string name, string message) =>
        Assert.Equal(("ValidationError", message), Sample.Refusal(() => LoadBalancerName.Check(name)));

    [Fact]
    public void A_name_passes_exactly_when_it_matches_the_pattern_of_AWS() => Prop.ForAll<string?>(text =>
    {
        var name = text ?? "";
        var isName = Regex.IsMatch(name, @"\A[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?\z");
        try
        {
            return LoadBalancerName.Check(name) == name && isName;
        }
        catch (ServiceException)
        {
            return !isName;
        }
    }).QuickCheckThrowOnFailure();
}
