using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using V2 = CloudLb.ElbV2.Domain;

namespace CloudLb.Tests.Unit.LoadBalancers;

/// <summary>Resources that last as long as the test.</summary>
internal sealed class MemoryResources : IResourceStore
{
    private static readonly ResourceKinds Kinds =
        new([
            LoadBalancerCollection.Kind, CertificateCollection.Kind, KnownAccessKeys.Kind, MemberCollection.Kind,
            V2.LoadBalancerCollection.Kind, V2.ListenerCollection.Kind, V2.TargetGroupCollection.Kind,
        ]);

    public static readonly Snapshot Empty = Kinds.Collect([], 0);

    public Snapshot Current { get; set; } = Empty;

    public static Snapshot Of(params IEnumerable<LoadBalancer> loadBalancers) =>
        loadBalancers.Aggregate(Empty, (snapshot, loadBalancer) => snapshot.With(LoadBalancerCollection.Kind, loadBalancer));

    public Task<T> ChangeAsync<T>(Func<Snapshot, (Snapshot Next, T Answer)> change, CancellationToken cancellationToken)
    {
        (Current, var answer) = change(Current);
        return Task.FromResult(answer);
    }

    public Task<ResourceChanges<TKey, TValue>> ReadChangesAsync<TKey, TValue>(
        ResourceKind<TKey, TValue> kind, long since, CancellationToken cancellationToken)
        where TKey : class
        where TValue : class => throw new NotSupportedException();

    public LoadBalancer Keep(LoadBalancer loadBalancer)
    {
        Current = Current.With(LoadBalancerCollection.Kind, loadBalancer);
        return loadBalancer;
    }
}
