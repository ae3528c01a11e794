using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Core.Leases;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Reach;
using CloudLb.Core.Traffic.Told;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;

namespace CloudLb.Elb.Status;

/// <summary>Tells an operator of Classic's load balancers.</summary>
internal sealed class ClassicLoadBalancers(
    IResourceStore store, HealthReader health, InstanceZones zones, IInventory inventory, InstanceRules targets,
    TimeProvider clock, Leases leases) : IToldLoadBalancers
{
    public int Count => store.Current.LoadBalancers.Count;

    public IEnumerable<ToldLoadBalancer> Read(Func<string, bool> isAsked) =>
        store.Current.LoadBalancers.All.Where(loadBalancer => isAsked(loadBalancer.Key.Name)).Select(Tell);

    public ToldLoadBalancer? Find(AccountId account, string region, string name) =>
        store.Current.LoadBalancers.Find(new(account, region, name)) is { } loadBalancer ? Tell(loadBalancer) : null;

    public ToldReasons? Explain(ToldQuestion question)
    {
        if (LoadBalancerKey.Of(question.LoadBalancer) is not { } key || store.Current.LoadBalancers.Find(key) is not { } loadBalancer)
        {
            return null;
        }

        var instanceId = loadBalancer.SpellingOf(question.InstanceId);
        return InstanceReasons.Explain(new()
        {
            LoadBalancer = loadBalancer,
            InstanceId = instanceId,
            Health = health.Read(loadBalancer, instanceId),
            Known = inventory.Known(instanceId),
            Fault = loadBalancer.FindInstance(instanceId) is { } instance ? targets.WhyLeftOut(loadBalancer, instance) : null,
            Faults = question.Faults,
            Engine = question.Engine,
            Served = question.Served,
            LeaseEnd = leases.LastEndOf(key.ToString(), instanceId),
            Now = clock.GetUtcNow(),
            Endpoint = question.Endpoint,
        });
    }

    private ToldLoadBalancer Tell(LoadBalancer loadBalancer)
    {
        var states = health.Read(loadBalancer);
        return new()
        {
            Id = loadBalancer.Key.ToId(),
            DnsName = loadBalancer.DnsName,
            Address = loadBalancer.Address,
            Addresses = loadBalancer.Addresses.Tell(),
            Listeners = [.. loadBalancer.Listeners.Select(Tell)],
            Instances = [.. loadBalancer.Instances.Zip(states, (instance, state) => Tell(loadBalancer.Key, instance, state))],
            HealthCheck = CheckWords.Settings(loadBalancer.HealthCheck),
        };
    }

    private static ToldListener Tell(Listener listener) =>
        new(listener.Protocol.ToString(), listener.LoadBalancerPort, listener.InstanceProtocol.ToString(), listener.InstancePort);

    private ToldLease? LeaseOf(LoadBalancerKey key, Instance instance) => instance.RegisteredBy is { } name
        && store.Current.Members.Find(new(key.Account, name)) is { Lease: { } lease } member
        && leases.AgeOf(MemberRegistrations.Of(member.Key, key)) is { } age
        ? new(name, lease - age)
        : null;

    private ToldInstance Tell(LoadBalancerKey key, Instance instance, InstanceHealth state) => new()
    {
        InstanceId = instance.InstanceId,
        Address = inventory.Known(instance.InstanceId)?.Address ?? instance.Address,
        AvailabilityZone = zones.Of(instance),
        IsInService = state.State == InstanceState.InService,
        State = state.State.ToString(),
        ReasonCode = state.ReasonCode,
        Description = state.Description,
        Lease = LeaseOf(key, instance),
    };
}
