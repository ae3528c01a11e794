namespace CloudLb.ElbV2.Domain;

/// <summary>A target that was deregistered and finishes what it has begun, until a time.</summary>
public sealed record DrainingTarget(Target Target, DateTimeOffset Until);
