using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>The target groups as a kind of resource: how they are kept and found.</summary>
public static class TargetGroupCollection
{
    private static readonly ResourceIndex<Arn, TargetGroup, Scope> ByScope = new(group => group.Scope, group => group.Name);

    public static readonly ResourceKind<Arn, TargetGroup> Kind = new("target-group")
    {
        KeyOf = group => group.Arn,
        KeyText = arn => arn.ToString(),
        ParseKey = Arn.Parse,
        Document = TargetGroupDocument.Form.TargetGroup,
        Indexes = [ByScope],
        NotFound = _ => Errors.TargetGroupNotFound.Because("One or more target groups not found"),
        Uses = group => group.LoadBalancers.Select(arn => Use.OfLoadBalancer(arn)),
        Instances = InstancesOf,
        Arn = group => group.Arn.ToString(),
    };

    extension(Snapshot snapshot)
    {
        public ResourceCollection<Arn, TargetGroup> TargetGroups => snapshot.Of(Kind);
    }

    public static ResourceGroup<Arn, TargetGroup> Of(this ResourceCollection<Arn, TargetGroup> groups, Scope scope) =>
        groups.In(ByScope, scope);

    /// <summary>The group of that name; AWS's error when there is none.</summary>
    public static TargetGroup Get(this ResourceCollection<Arn, TargetGroup> groups, Scope scope, string name) =>
        groups.Of(scope).Find(name) ?? throw Errors.TargetGroupNotFound.Because("One or more target groups not found");

    /// <summary>The group that an action or a tag names; AWS's error when there is none.</summary>
    public static TargetGroup Named(this ResourceCollection<Arn, TargetGroup> groups, Arn arn) =>
        groups.Find(arn) ?? throw Errors.TargetGroupNotFound.Because($"Target groups '{arn}' not found");

    /// <summary>The load balancer whose listeners or rules name the group; null when none does. There is never a second one.</summary>
    public static Arn? LoadBalancerOf(this Snapshot snapshot, Arn targetGroup) => snapshot
        .UsersOf(Use.OfTargetGroup(targetGroup.ToString()))
        .Select(user => user.Key)
        .OfType<Arn>()
        .FirstOrDefault()?.LoadBalancer;

    private static IEnumerable<string> InstancesOf(TargetGroup group, DateTimeOffset now) => group.TargetType == TargetType.Instance
        ? group.Targets.Concat(group.Draining.Where(entry => entry.Until > now).Select(entry => entry.Target)).Select(target => target.Id)
        : [];
}
