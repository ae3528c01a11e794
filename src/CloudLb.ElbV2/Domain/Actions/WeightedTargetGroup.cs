namespace CloudLb.ElbV2.Domain;

/// <summary>A target group and its share.</summary>
public sealed record WeightedTargetGroup(Arn TargetGroup, int Weight);
