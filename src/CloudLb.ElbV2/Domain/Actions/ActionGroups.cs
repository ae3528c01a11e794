namespace CloudLb.ElbV2.Domain;

/// <summary>What actions name.</summary>
internal static class ActionGroups
{
    /// <summary>The target groups, in the order in which they are named; one may be there twice.</summary>
    public static IEnumerable<Arn> TargetGroups(this IEnumerable<ListenerAction> actions) =>
        actions.OfType<ForwardAction>().SelectMany(action => action.TargetGroups).Select(weighted => weighted.TargetGroup);
}
