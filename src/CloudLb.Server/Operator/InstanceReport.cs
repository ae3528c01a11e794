using CloudLb.Cli.Control;
using CloudLb.Core.Inventory;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Targets;
using CloudLb.Core.Traffic.Health;
using CloudLb.HAProxy;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Operator;

/// <summary>Gathers what is known of one instance of one load balancer and has it explained.</summary>
internal sealed class InstanceReport(
    ILoadBalancerStore store, HAProxyDataPlane dataPlane, HealthReader health, IInventory inventory, TargetRules targets,
    CloudLbSettings settings, TimeProvider clock)
{
    /// <summary>Why the instance is in service, or not; null when there is no such load balancer.</summary>
    public async Task<InstanceExplanation?> ExplainAsync(LoadBalancerKey key, string instanceId, CancellationToken cancellationToken)
    {
        if (store.Current.Find(key) is not { } loadBalancer)
        {
            return null;
        }

        instanceId = loadBalancer.SpellingOf(instanceId);
        var served = await dataPlane.ReadAsync(key.ToId(), cancellationToken);
        return InstanceReasons.Explain(new()
        {
            LoadBalancer = loadBalancer,
            InstanceId = instanceId,
            Health = health.Read(loadBalancer, instanceId),
            Known = inventory.Known(instanceId),
            Fault = loadBalancer.FindInstance(instanceId) is { } instance ? targets.WhyLeftOut(loadBalancer, instance) : null,
            Faults = [.. dataPlane.Faults.Where(fault => fault.LoadBalancer == key.ToId())],
            Served = served,
            Now = clock.GetUtcNow(),
            Endpoint = EffectiveSettingsReader.Endpoint(settings.Url),
        });
    }
}
