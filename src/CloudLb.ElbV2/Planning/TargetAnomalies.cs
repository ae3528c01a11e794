using System.Collections.Immutable;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>Which targets are anomalous, and which are given less for it. Safe to use from any thread.</summary>
public sealed class TargetAnomalies
{
    private volatile Known _known = new(
        0, ImmutableDictionary<Arn, IReadOnlySet<TargetId>>.Empty, ImmutableDictionary<Arn, IReadOnlySet<TargetId>>.Empty);

    /// <summary>Another one when others are given less.</summary>
    public long Version => _known.Version;

    /// <summary>Whether a target fails far more requests than the others of its group.</summary>
    public bool IsAnomalous(Arn group, TargetId target) => Holds(_known.Anomalous, group, target);

    /// <summary>Whether it is given less than the others for it.</summary>
    public bool IsMitigated(Arn group, TargetId target) => Holds(_known.Mitigated, group, target);

    /// <summary>Whether any target of the group is given less.</summary>
    public bool IsAnyMitigated(Arn group) => _known.Mitigated.ContainsKey(group);

    /// <summary>Takes up what was found. Called by one at a time.</summary>
    /// <param name="anomalous">By group; without those that have none.</param>
    /// <param name="mitigated">The same of those that are to be given less.</param>
    /// <returns>Whether others are to be given less than before.</returns>
    internal bool Take(
        ImmutableDictionary<Arn, IReadOnlySet<TargetId>> anomalous, ImmutableDictionary<Arn, IReadOnlySet<TargetId>> mitigated)
    {
        var before = _known;
        var isSame = before.Mitigated.Count == mitigated.Count
            && mitigated.All(pair => before.Mitigated.TryGetValue(pair.Key, out var known) && known.SetEquals(pair.Value));
        _known = new(isSame ? before.Version : before.Version + 1, anomalous, mitigated);
        return !isSame;
    }

    private static bool Holds(ImmutableDictionary<Arn, IReadOnlySet<TargetId>> all, Arn group, TargetId target) =>
        all.TryGetValue(group, out var of) && of.Contains(target);

    private sealed record Known(
        long Version, ImmutableDictionary<Arn, IReadOnlySet<TargetId>> Anomalous,
        ImmutableDictionary<Arn, IReadOnlySet<TargetId>> Mitigated);
}
