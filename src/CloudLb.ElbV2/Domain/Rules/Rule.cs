using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>What becomes of the requests of a listener that meet all of some conditions.</summary>
public sealed record Rule
{
    public required Arn Arn { get; init; }

    /// <summary>Unique within the listener: of the rules that a request meets the one with the lowest decides.</summary>
    public required int Priority { get; init; }

    /// <summary>In the order given.</summary>
    public required EquatableArray<RuleCondition> Conditions { get; init; }

    /// <summary>As a listener's default actions.</summary>
    public required EquatableArray<ListenerAction> Actions { get; init; }

    /// <summary>In the order given; one for the host and one for the rest of the address at most.</summary>
    public EquatableArray<RuleTransform> Transforms { get; init; }

    /// <summary>In the order of their keys.</summary>
    public EquatableArray<Tag> Tags { get; init; }
}
