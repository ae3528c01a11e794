using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>It goes to one of some target groups.</summary>
public sealed record ForwardAction : ListenerAction
{
    /// <summary>At least one, in the order given.</summary>
    public required EquatableArray<WeightedTargetGroup> TargetGroups { get; init; }

    /// <summary>Whether a client stays with the group that it was given first.</summary>
    public bool IsSticky { get; init; }

    /// <summary>For how long; kept while it does not, too. Null of a network load balancer, where it is for good.</summary>
    public int? StickinessSeconds { get; init; }
}
