using System.Net;
using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class LoadBalancerSnapshotTests
{
    private static readonly AccountId Stranger = new("999999999999");

    [Theory]
    [InlineData(null, 10, "B,a,c-1,c1")]
    [InlineData(null, 2, "B,a")]
    [InlineData("a", 2, "c-1,c1")]
    [InlineData("a", 1, "c-1")]
    [InlineData("c1", 5, "")]
    [InlineData("b", 1, "c-1")]
    [InlineData("", 1, "B")]
    [InlineData("zzz", 5, "")]
    [InlineData("a", int.MaxValue, "c-1,c1")]
    [InlineData(null, 0, "")]
    public void A_page_goes_on_after_the_name_given_whether_it_still_exists_or_not(string? after, int size, string names) =>
        Assert.Equal(names, string.Join(',', Of("c1", "a", "B", "c-1").Page(Sample.Account, "us-east-1", after, size).Select(one => one.Key.Name)));

    [Fact]
    public void An_account_and_a_region_see_their_own_only()
    {
        var snapshot = Of("web").With(Sample.LoadBalancer(address: "127.0.64.2") with { Key = new(Stranger, "us-east-1", "theirs") });

        Assert.Equal((1, 1, 0), (snapshot.CountIn(Sample.Account, "us-east-1"), snapshot.CountIn(Stranger, "us-east-1"), snapshot.CountIn(Stranger, "eu-west-1")));
        Assert.Equal("theirs", Assert.Single(snapshot.Page(Stranger, "us-east-1", null, 9)).Key.Name);
        Assert.Empty(snapshot.Page(Stranger, "eu-west-1", "web", 9));
        Assert.Null(snapshot.Find(new(Stranger, "us-east-1", "web")));
    }

    [Fact]
    public void A_name_that_is_not_there_is_LoadBalancerNotFound_whatever_its_case() => Assert.Equal(
        ("LoadBalancerNotFound", "There is no ACTIVE Load Balancer named 'Web'"), Sample.Refusal(() => Of("web").Get(Sample.Key("Web"))));

    [Fact]
    public void An_address_is_in_use_from_creation_to_deletion()
    {
        var snapshot = Of("web");
        var address = IPAddress.Parse("127.0.64.1");

        Assert.True(snapshot.IsAddressInUse(address));
        Assert.True(snapshot.With(Sample.LoadBalancer() with { Listeners = [] }).IsAddressInUse(address));
        Assert.False(snapshot.With(Sample.LoadBalancer(address: "127.0.64.2")).IsAddressInUse(address));
        Assert.False(snapshot.Without(Sample.Key()).IsAddressInUse(address));
    }

    [Fact]
    public void Removing_gives_the_snapshot_without_it_and_leaves_the_one_before_as_it_was()
    {
        var before = Of("web", "api");
        var after = before.Without(Sample.Key());

        Assert.Equal((2, 1, 1), (before.Count, after.Count, after.CountIn(Sample.Account, "us-east-1")));
        Assert.Same(after, after.Without(Sample.Key()));
        Assert.Empty(after.Without(Sample.Key("api")).Page(Sample.Account, "us-east-1", null, 9));
    }

    private static LoadBalancerSnapshot Of(params string[] names) =>
        names.Index().Aggregate(LoadBalancerSnapshot.Empty, (snapshot, name) => snapshot.With(Sample.LoadBalancer(name.Item, $"127.0.64.{name.Index + 1}")));
}
