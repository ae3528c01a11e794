using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;

namespace CloudLb.Elb.Domain;

/// <summary>What members have registered with Classic load balancers.</summary>
internal sealed class MemberRegistrations(TimeProvider clock, ClockSpeed? speed = null) : ILeasedRegistrations
{
    public IEnumerable<LeasedRegistration> Of(Member member, Snapshot snapshot) => member.LoadBalancers
        .Select(name => new LoadBalancerKey(member.Key.Account, member.Region, name))
        .Where(key => snapshot.LoadBalancers.Find(key)?.FindInstance(member.Instance)?.RegisteredBy == member.Key.Name)
        .Select(key => Of(member.Key, key));

    public Snapshot Without(Snapshot snapshot, IReadOnlyList<LeasedRegistration> ended, int minimum)
    {
        var now = clock.GetUtcNow();
        var next = snapshot;
        foreach (var ofOne in ended.Where(registration => IsOurs(registration.Resource)).GroupBy(registration => registration.Resource))
        {
            if (snapshot.LoadBalancers.Find(LoadBalancerKey.Parse(ofOne.Key)) is { } loadBalancer)
            {
                var ids = ofOne.Select(registration => snapshot.Members.Find(registration.Member)?.Instance).OfType<string>();
                next = next.With(LoadBalancerCollection.Kind, loadBalancer.WithoutOverdue([.. ids], minimum, now, speed));
            }
        }

        return next;
    }

    /// <summary>Target groups are called by their ARNs.</summary>
    private static bool IsOurs(string resource) => !resource.StartsWith("arn:", StringComparison.Ordinal);

    /// <summary>The member's lease of its registration with that load balancer.</summary>
    public static LeasedRegistration Of(MemberKey member, LoadBalancerKey key) => new(member, key.ToString());
}
