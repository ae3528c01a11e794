using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.KeySets;

/// <summary>What is known of the keys at an address.</summary>
/// <param name="Keys">Those of the last good answer; none where there was none.</param>
/// <param name="Fault">Why they could not be fetched when they were last asked for; null when they were, or nobody has asked yet.</param>
public sealed record KeySet(EquatableArray<PlannedKey> Keys, string? Fault)
{
    public static readonly KeySet Unknown = new([], null);
}
