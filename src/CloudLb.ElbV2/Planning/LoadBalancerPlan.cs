using System.Globalization;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Templates;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What traffic one load balancer wants.</summary>
/// <param name="inventory">Where its targets are, and who may connect.</param>
/// <param name="speed">Of the clocks of health checks.</param>
/// <param name="sharing">What load balancers share.</param>
internal sealed class LoadBalancerPlan(IInventory inventory, ClockSpeed speed, Sharing sharing)
{
    private readonly TargetGroupPlan _pools = new(inventory, speed);

    /// <param name="loadBalancer">The load balancer.</param>
    /// <param name="listeners">Its listeners, in the order of their ports.</param>
    /// <param name="groups">The target groups that their actions name, each once.</param>
    /// <param name="isTarget">Which targets may be given traffic and checks.</param>
    public PlannedLoadBalancer Of(
        LoadBalancer loadBalancer, IReadOnlyList<Listener> listeners, IReadOnlyList<TargetGroup> groups,
        Func<TargetGroup, Target, bool> isTarget)
    {
        var idle = listeners.Select(listener => IdleTimeout(loadBalancer, listener)).DefaultIfEmpty(TimeSpan.FromSeconds(60)).Max();
        return new()
        {
            Id = loadBalancer.ToId(),
            Addresses = [loadBalancer.Address],
            Listeners = listeners.Select(listener => Listener(loadBalancer, listener)).ToEquatableArray(),
            Pools = groups
                .Select(group => _pools.Of(group, loadBalancer, idle, target => isTarget(group, target)))
                .OrderBy(pool => pool.Name, StringComparer.Ordinal)
                .ToEquatableArray(),
            Answers = ApplicationAnswers.All,
            Template = TemplateTag.In(loadBalancer.Tags),
            HostNames = sharing.Address is not null && loadBalancer.Type == LoadBalancerType.Application
                ? loadBalancer.HostNamesBy(sharing.Claims)
                : [],
        };
    }

    private PlannedListener Listener(LoadBalancer loadBalancer, Listener listener) => new()
    {
        Port = listener.Port,
        Mode = listener.Protocol == Protocol.TCP ? TrafficMode.Tcp : TrafficMode.Http,
        Http = listener.Protocol == Protocol.TCP ? null : HttpPlan.Of(loadBalancer, listener),
        Rules = listener.Rules.Select(ConditionPlan.Of).ToEquatableArray(),
        DefaultAction = ActionPlan.Of(listener.DefaultActions),
        IdleTimeout = IdleTimeout(loadBalancer, listener),
        AllowedSources = AllowedSources.Of(loadBalancer.SecurityGroups, listener.Port, inventory),
        SharedAt = sharing.At(listener.SharedKind, listener.Port),
    };

    /// <summary>An application load balancer has one for all, a network load balancer's listener its own.</summary>
    private static TimeSpan IdleTimeout(LoadBalancer loadBalancer, Listener listener) => TimeSpan.FromSeconds(
        int.Parse(
            listener.Protocol == Protocol.TCP
                ? listener.Attribute(ListenerAttributes.TcpIdleTimeout)
                : loadBalancer.Attribute(LoadBalancerAttributes.IdleTimeout),
            CultureInfo.InvariantCulture));
}
