using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>The tags of whatever an ARN names.</summary>
internal static class TaggedResources
{
    public static EquatableArray<Tag> TagsOf(this Snapshot snapshot, Arn arn) => arn.Kind switch
    {
        ArnKind.LoadBalancer => snapshot.V2LoadBalancers.Get(arn).Tags,
        ArnKind.TargetGroup => snapshot.TargetGroups.Named(arn).Tags,
        ArnKind.Listener => snapshot.Listeners.Get(arn).Tags,
        ArnKind.Rule => snapshot.ListenerOf(arn).TagsOf(arn),
        _ => snapshot.TrustStores.Get(arn).Tags,
    };

    /// <summary>With other tags on what the ARN names.</summary>
    public static Snapshot WithTags(this Snapshot snapshot, Arn arn, Func<EquatableArray<Tag>, EquatableArray<Tag>> change)
    {
        switch (arn.Kind)
        {
            case ArnKind.LoadBalancer:
                var loadBalancer = snapshot.V2LoadBalancers.Get(arn);
                return snapshot.With(LoadBalancerCollection.Kind, loadBalancer with { Tags = change(loadBalancer.Tags) });

            case ArnKind.TargetGroup:
                var group = snapshot.TargetGroups.Named(arn);
                return snapshot.With(TargetGroupCollection.Kind, group with { Tags = change(group.Tags) });

            case ArnKind.Listener:
                var listener = snapshot.Listeners.Get(arn);
                return snapshot.With(ListenerCollection.Kind, listener with { Tags = change(listener.Tags) });

            case ArnKind.Rule:
                return snapshot.With(ListenerCollection.Kind, snapshot.ListenerOf(arn).WithTags(arn, change));

            default:
                var trustStore = snapshot.TrustStores.Get(arn);
                return snapshot.With(TrustStoreCollection.Kind, trustStore with { Tags = change(trustStore.Tags) });
        }
    }
}
