using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>What members have registered with target groups.</summary>
internal sealed class MemberTargets(TimeProvider clock, ClockSpeed speed) : ILeasedRegistrations
{
    public IEnumerable<LeasedRegistration> Of(Member member, Snapshot snapshot) => member.TargetGroups
        .Select(text => Arn.TryParse(text, out var arn) ? arn : null).OfType<Arn>()
        .Where(arn => snapshot.TargetGroups.Find(arn)?.RegisteredBy(member).Any() == true)
        .Select(arn => Of(member.Key, arn));

    public Snapshot Without(Snapshot snapshot, IReadOnlyList<LeasedRegistration> ended, int minimum)
    {
        var now = clock.GetUtcNow();
        var next = snapshot;
        foreach (var ofOne in ended.GroupBy(registration => registration.Resource))
        {
            if (!Arn.TryParse(ofOne.Key, out var arn) || snapshot.TargetGroups.Find(arn) is not { } group)
            {
                continue;
            }

            var targets = ofOne
                .Select(registration => snapshot.Members.Find(registration.Member)).OfType<Member>()
                .SelectMany(group.RegisteredBy)
                .Take(Math.Max(0, group.Targets.Count - minimum))
                .Select(target => new TargetId(target.Id, target.Port));
            next = next.With(
                TargetGroupCollection.Kind,
                group.WithoutTargets([.. targets], snapshot.LoadBalancerOf(arn) is not null, now, speed));
        }

        return next;
    }

    /// <summary>The member's lease of its registration with that group.</summary>
    public static LeasedRegistration Of(MemberKey member, Arn group) => new(member, group.ToString());
}
