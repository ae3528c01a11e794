using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Updating;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.HAProxy;

public sealed class MemberWeightsTests
{
    [Fact]
    public void Weights_that_fit_stay_as_they_are()
    {
        var web = Plan([1, 7, 256]);

        Assert.Same(web, MemberWeights.Fitted(web));
    }

    [Fact]
    public void Any_weight_is_brought_within_1_and_256_and_keeps_its_proportion_within_a_tenth()
    {
        var weights = Gen.NonEmptyListOf(Gen.Choose(100_000, 1_000_000)).ToArbitrary();

        Prop.ForAll(weights, given =>
        {
            var fitted = MemberWeights.Fitted(Plan([.. given])).Pools[0].Members.Select(member => member.Weight).ToList();
            return fitted.TrueForAll(weight => weight is >= 1 and <= 256)
                && given.Zip(fitted).All(pair => Math.Abs(((double)pair.First / given.Max()) - (pair.Second / 256.0)) < 0.01);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(new[] { 1, 1, 1 }, new[] { 20, 20, 20 })]
    [InlineData(new[] { 1, 10 }, new[] { 2, 20 })]
    [InlineData(new[] { 2, 3 }, new[] { 12, 18 })]
    [InlineData(new[] { 20, 40 }, new[] { 20, 40 })]
    [InlineData(new[] { 1, 256 }, new[] { 1, 256 })]
    public void Members_that_stand_on_a_ring_weigh_enough_for_even_shares(int[] given, int[] expected)
    {
        foreach (var balance in new[] { PoolBalance.Random, PoolBalance.Source })
        {
            var web = Plan(given);
            web = web with { Pools = [web.Pools[0] with { Balance = balance }] };

            Assert.Equal(expected, MemberWeights.Fitted(web).Pools[0].Members.Select(member => member.Weight));
        }
    }

    private static PlannedLoadBalancer Plan(IReadOnlyList<int> weights) =>
        Plans.LoadBalancer("web", IPAddress.Loopback).With([.. weights.Select(
        (weight, index) => new PlannedMember { Target = $"i-{index:d4}", Port = 8081, Address = IPAddress.Loopback, Weight = weight })]);
}
