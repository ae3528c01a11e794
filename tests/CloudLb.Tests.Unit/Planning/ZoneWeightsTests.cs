using CloudLb.Core.Traffic.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Unit.Planning;

public sealed class ZoneWeightsTests
{
    [Theory]
    [InlineData("a", true, "a=1")]
    [InlineData("a b b", true, "a=1 b=1")]
    [InlineData("a a a", false, "a=1")]
    [InlineData("a b", false, "a=1 b=1")]
    [InlineData("a b b", false, "a=2 b=1")]
    [InlineData("a a b b b", false, "a=3 b=2")]
    [InlineData("a a b b b b", false, "a=2 b=1")]
    [InlineData("a ? ?", false, "=1 a=2")]
    [InlineData("? ?", false, "=1")]
    [InlineData("", false, "")]
    public void Every_zone_gets_the_same_share_unless_balancing_goes_across_zones(string zones, bool isCrossZone, string weights)
    {
        var ofInstances = zones.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(zone => zone == "?" ? null : zone);
        var actual = ZoneWeights.Of(ofInstances, isCrossZone).OrderBy(weight => weight.Key, StringComparer.Ordinal);

        Assert.Equal(weights, string.Join(' ', actual.Select(weight => $"{weight.Key}={weight.Value}")));
    }

    [Fact]
    public void Every_zone_of_up_to_12_instances_gets_its_very_share()
    {
        var counts = Gen.NonEmptyListOf(Gen.Choose(1, 12)).Select(list => list.Take(6).ToArray()).ToArbitrary();

        Prop.ForAll(counts, ofZones =>
        {
            var weights = ZoneWeights.Of(ofZones.SelectMany((count, zone) => Enumerable.Repeat($"{zone}", count)), isCrossZone: false);
            var shares = ofZones.Select((count, zone) => count * weights[$"{zone}"]).ToList();
            return weights.Values.All(weight => weight >= 1) && shares.Max() == shares.Min();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Counts_without_a_common_multiple_of_any_use_do_not_overflow()
    {
        int[] primes = [1, 997, 991, 983, 977, 971, 967];
        var weights = ZoneWeights.Of(primes.SelectMany((count, zone) => Enumerable.Repeat($"{zone}", count)), isCrossZone: false);

        Assert.Equal([1_000_000, 1003, 1009, 1017, 1024, 1030, 1034], primes.Select((_, zone) => weights[$"{zone}"]));
    }
}
