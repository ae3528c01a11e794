using CloudLb.Core.Accounts;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Core.Traffic.Told;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Health;
using CloudLb.ElbV2.Planning;

namespace CloudLb.ElbV2.Status;

/// <summary>Tells an operator of application and network load balancers.</summary>
internal sealed class V2LoadBalancers(IResourceStore store, TargetHealthReader health, TargetChecks targets, Leases leases)
    : IToldLoadBalancers
{
    public int Count => store.Current.V2LoadBalancers.Count;

    public IEnumerable<ToldLoadBalancer> Read(Func<string, bool> isAsked)
    {
        var snapshot = store.Current;
        return snapshot.V2LoadBalancers.All.Where(loadBalancer => isAsked(loadBalancer.Name))
            .OrderBy(loadBalancer => loadBalancer.ToId())
            .Select(loadBalancer => Tell(snapshot, loadBalancer));
    }

    public ToldLoadBalancer? Find(AccountId account, string region, string name)
    {
        var snapshot = store.Current;
        return snapshot.V2LoadBalancers.Of(new(account, region)).Find(name) is { } loadBalancer ? Tell(snapshot, loadBalancer) : null;
    }

    public ToldReasons? Explain(ToldQuestion question)
    {
        var snapshot = store.Current;
        var id = question.LoadBalancer;
        return id.Kind is LoadBalancerIds.Application or LoadBalancerIds.Network
            && snapshot.V2LoadBalancers.Of(new(id.Account, id.Region)).Find(id.Name) is { } loadBalancer
            ? TargetReasons.Explain(
                question.InstanceId,
                [
                    .. Groups(snapshot, loadBalancer).SelectMany(group => Targets(group)
                        .Zip(health.Read(snapshot, group, Targets(group)), (target, state) => (group, target, state))),
                ])
            : null;
    }

    private static IReadOnlyList<TargetGroup> Groups(Snapshot snapshot, LoadBalancer loadBalancer) =>
    [
        .. snapshot.Listeners.Of(loadBalancer.Arn).After(null).SelectMany(listener => listener.TargetGroups).Distinct()
            .Select(snapshot.TargetGroups.Find).OfType<TargetGroup>(),
    ];

    private static IReadOnlyList<TargetId> Targets(TargetGroup group) =>
        [.. group.Targets.Select(target => new TargetId(target.Id, target.Port))];

    private ToldLoadBalancer Tell(Snapshot snapshot, LoadBalancer loadBalancer)
    {
        var groups = Groups(snapshot, loadBalancer);
        return new()
        {
            Id = loadBalancer.ToId(),
            DnsName = loadBalancer.DnsName,
            Address = loadBalancer.Address,
            Addresses = loadBalancer.Addresses.Tell(),
            Listeners = [.. snapshot.Listeners.Of(loadBalancer.Arn).After(null).Select(listener => Tell(snapshot, listener))],
            Instances =
            [
                .. groups.SelectMany(group => group.Targets.Zip(
                    health.Read(snapshot, group, Targets(group)), (target, state) => Tell(group.Arn, target, state))),
            ],
            HealthCheck = string.Join("; ", groups.Select(group => $"{group.Name}: {CheckWords.Settings(group.HealthCheck)}")),
        };
    }

    /// <summary>The first group that it names stands for what it sends to.</summary>
    private static ToldListener Tell(Snapshot snapshot, Listener listener)
    {
        var groups = listener.TargetGroups.Distinct().Select(snapshot.TargetGroups.Find).OfType<TargetGroup>().ToList();
        var first = groups.FirstOrDefault();
        return new(listener.Protocol.ToString(), listener.Port, first?.Protocol.ToString() ?? "", first?.Port ?? 0)
        {
            Pools = [.. groups.Select(group => new ToldPool(PoolNames.Of(group.Arn), group.Name))],
        };
    }

    private ToldLease? LeaseOf(Arn group, Target target) => target.RegisteredBy is { } name
        && store.Current.Members.Find(new(group.Account, name)) is { Lease: { } lease } member
        && leases.AgeOf(MemberTargets.Of(member.Key, group)) is { } age
        ? new(name, lease - age)
        : null;

    private ToldInstance Tell(Arn group, Target target, TargetState state) => new()
    {
        InstanceId = target.Id,
        Member = new(PoolNames.Of(group), new TargetId(target.Id, target.Port).Member),
        Address = targets.AddressOf(target),
        AvailabilityZone = target.AvailabilityZone,
        IsInService = state == TargetState.Healthy,
        State = state.State,
        ReasonCode = state.Reason ?? "",
        Description = state.Description ?? "",
        Lease = LeaseOf(group, target),
    };
}
