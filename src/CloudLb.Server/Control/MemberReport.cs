using CloudLb.Cli.Control;
using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.ElbV2.Domain;

namespace CloudLb.Server.Control;

/// <summary>The machines that register themselves, as an operator sees them.</summary>
internal sealed class MemberReport(IResourceStore store, KnownAccessKeys keys)
{
    public IReadOnlyList<MemberStatus> All()
    {
        var snapshot = store.Current;
        var ids = keys.Of(snapshot).All.ToLookup(key => key.Owner, key => key.AccessKeyId);
        return [.. snapshot.Members.All.Select(member => Of(member, snapshot, ids[member.Key.ToOwner()]))];
    }

    public MemberStatus Of(Member member) => Of(
        member, store.Current,
        keys.Current.All.Where(key => key.Owner == member.Key.ToOwner()).Select(key => key.AccessKeyId));

    private static MemberStatus Of(Member member, Snapshot snapshot, IEnumerable<string> keyIds) => new()
    {
        Account = $"{member.Key.Account}",
        Region = member.Region,
        Name = member.Key.Name,
        Instance = member.Instance,
        LoadBalancers = [.. member.LoadBalancers],
        TargetGroups = [.. member.TargetGroups],
        Registered =
        [
            .. member.LoadBalancers.Where(name =>
                snapshot.LoadBalancers.Find(new(member.Key.Account, member.Region, name))?.FindInstance(member.Instance) is not null),
            .. member.TargetGroups.Where(text => Arn.TryParse(text, out var arn)
                && snapshot.TargetGroups.Find(arn)?.Targets.Any(target => target.Id == member.Instance) == true),
        ],
        LeaseSeconds = (int?)member.Lease?.TotalSeconds,
        AccessKeyIds = [.. keyIds.Order(StringComparer.Ordinal)],
        CreateDate = member.CreateDate,
    };
}
