using System.Net;
using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;

namespace CloudLb.Tests.Unit.LoadBalancers;

public sealed class LoadBalancerCollectionTests
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
        Assert.Equal(
            names,
            string.Join(
                ',', Of("c1", "a", "B", "c-1").LoadBalancers.Page(Sample.Account, "us-east-1", after, size).Select(one => one.Key.Name)));

    [Fact]
    public void An_account_and_a_region_see_their_own_only()
    {
        var snapshot = With(Of("web"), Sample.LoadBalancer(address: "127.0.64.2") with { Key = new(Stranger, "us-east-1", "theirs") });

        var all = snapshot.LoadBalancers;
        Assert.Equal(
            (1, 1, 0), (all.CountIn(Sample.Account, "us-east-1"), all.CountIn(Stranger, "us-east-1"), all.CountIn(Stranger, "eu-west-1")));
        Assert.Equal("theirs", Assert.Single(all.Page(Stranger, "us-east-1", null, 9)).Key.Name);
        Assert.Empty(all.Page(Stranger, "eu-west-1", "web", 9));
        Assert.Null(all.Find(new(Stranger, "us-east-1", "web")));
    }

    [Fact]
    public void A_name_that_is_not_there_is_LoadBalancerNotFound_whatever_its_case() => Assert.Equal(
        ("LoadBalancerNotFound", "There is no ACTIVE Load Balancer named 'Web'"),
        Sample.Refusal(() => Of("web").LoadBalancers.Get(Sample.Key("Web"))));

    [Fact]
    public void An_address_is_in_use_from_creation_to_deletion()
    {
        var snapshot = Of("web");
        var address = Use.OfAddress(IPAddress.Parse("127.0.64.1"));

        Assert.True(snapshot.IsUsed(address));
        Assert.True(With(snapshot, Sample.LoadBalancer() with { Listeners = [] }).IsUsed(address));
        Assert.False(With(snapshot, Sample.LoadBalancer(address: "127.0.64.2")).IsUsed(address));
        Assert.False(Without(snapshot, Sample.Key()).IsUsed(address));
    }

    [Fact]
    public void Removing_gives_the_snapshot_without_it_and_leaves_the_one_before_as_it_was()
    {
        var before = Of("web", "api");
        var after = Without(before, Sample.Key());

        Assert.Equal(
            (2, 1, 1), (before.LoadBalancers.Count, after.LoadBalancers.Count, after.LoadBalancers.CountIn(Sample.Account, "us-east-1")));
        Assert.Same(after, Without(after, Sample.Key()));
        Assert.Empty(Without(after, Sample.Key("api")).LoadBalancers.Page(Sample.Account, "us-east-1", null, 9));
    }

    private static Snapshot Of(params string[] names) =>
        MemoryResources.Of(names.Index().Select(name => Sample.LoadBalancer(name.Item, $"127.0.64.{name.Index + 1}")));

    private static Snapshot With(Snapshot snapshot, LoadBalancer loadBalancer) => snapshot.With(LoadBalancerCollection.Kind, loadBalancer);

    private static Snapshot Without(Snapshot snapshot, LoadBalancerKey key) => snapshot.Without(LoadBalancerCollection.Kind, key);
}
