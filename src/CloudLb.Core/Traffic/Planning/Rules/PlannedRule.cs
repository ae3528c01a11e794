namespace CloudLb.Core.Traffic.Planning;

/// <summary>What becomes of the requests that meet all of some conditions.</summary>
/// <param name="Priority">Unique within the listener; a lower one comes first.</param>
/// <param name="Conditions">All must hold for the request as it came, before anything of it is changed.</param>
/// <param name="Action">What is done.</param>
/// <param name="Rewrites">What is changed in the request before it is passed on, in this order.</param>
public sealed record PlannedRule(
    int Priority, EquatableArray<PlannedCondition> Conditions, PlannedAction Action, EquatableArray<PlannedRewrite> Rewrites = default);
