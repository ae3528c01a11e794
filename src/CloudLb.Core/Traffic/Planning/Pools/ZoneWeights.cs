namespace CloudLb.Core.Traffic.Planning;

/// <summary>
/// How much of the traffic an instance gets. With cross-zone balancing every instance gets the same. Without it every zone that has
/// instances gets the same, as AWS's DNS gives every zone's node the same, and the instances of a zone share that; instances of unknown
/// zone count as one zone.
/// </summary>
public static class ZoneWeights
{
    // Proportions that would take larger weights are kept to about a millionth.
    private const int Maximum = 1_000_000;

    /// <summary>The weight of an instance in each zone; an unknown zone stands under the empty name.</summary>
    public static IReadOnlyDictionary<string, int> Of(IEnumerable<string?> zonesOfInstances, bool isCrossZone)
    {
        var counts = zonesOfInstances.CountBy(zone => zone ?? "").ToDictionary();
        if (isCrossZone || counts.Count <= 1)
        {
            return counts.ToDictionary(zone => zone.Key, _ => 1);
        }

        // n instances of weight product/n each make a zone's share the same in all; no larger than they need to be.
        var multiple = counts.Values.Aggregate(1L, (product, count) => Math.Min(LeastCommonMultiple(product, count), int.MaxValue));
        var largest = multiple / counts.Values.Min();
        return counts.ToDictionary(
            zone => zone.Key,
            zone => largest <= Maximum
                ? (int)(multiple / zone.Value)
                : Math.Max(1, (int)Math.Round((double)Maximum * counts.Values.Min() / zone.Value)));
    }

    private static long LeastCommonMultiple(long first, long second) =>
        first / (long)System.Numerics.BigInteger.GreatestCommonDivisor(first, second) * second;
}
