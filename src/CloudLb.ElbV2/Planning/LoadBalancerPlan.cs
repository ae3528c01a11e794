using System.Globalization;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Addresses;
using CloudLb.Core.Certificates;
using CloudLb.Core.Inventory;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Templates;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What traffic one load balancer wants.</summary>
/// <param name="inventory">Where its targets are, and who may connect.</param>
/// <param name="speed">Of the clocks of health checks.</param>
/// <param name="sharing">What load balancers share.</param>
/// <param name="gates">What requests must show.</param>
/// <param name="clientAddresses">Whether those can be kept.</param>
/// <param name="anomalies">Which targets are to be given less.</param>
internal sealed class LoadBalancerPlan(
    IInventory inventory, ClockSpeed speed, Sharing sharing, GatePlan gates, IClientAddressKeeper clientAddresses,
    TargetAnomalies anomalies)
{
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(350), IdleFlow = TimeSpan.FromSeconds(120);

    private readonly TargetGroupPlan _pools = new(inventory, speed, clientAddresses, anomalies);

    /// <param name="basis">What it is made of.</param>
    /// <param name="certificate">Finds one by its id.</param>
    /// <param name="trust">Finds what stands for a trust store.</param>
    /// <param name="isTarget">Which targets may be given traffic and checks.</param>
    public PlannedLoadBalancer Of(
        PlanBasis basis, Func<string, ServerCertificate?> certificate, Func<Arn, PlannedTrust> trust,
        Func<TargetGroup, Target, bool> isTarget)
    {
        var (loadBalancer, listeners) = (basis.LoadBalancer, basis.Listeners);
        var sources = new ListenerSources(
            certificate, trust, [.. ClientTrustPlan.ForgeableOf(listeners), .. GatePlan.ForgeableOf(listeners)]);
        var idle = listeners.Select(listener => IdleTimeout(loadBalancer, listener)).DefaultIfEmpty(TimeSpan.FromSeconds(60)).Max();
        return new()
        {
            Id = loadBalancer.ToId(),
            Addresses = loadBalancer.Addresses.All.ToEquatableArray(),
            Zones = basis.Groups.Any(group => TargetZones.IsByZone(group, loadBalancer))
                ? TargetZones.OfAddresses(loadBalancer).ToEquatableArray()
                : [],
            Listeners = listeners.SelectMany(listener => Listeners(loadBalancer, listener, sources))
                .Select(planned => basis.PortsSentTo.Contains(planned.Port) ? planned with { IsTarget = true } : planned)
                .ToEquatableArray(),
            Pools = basis.Groups
                .Select(group => _pools.Of(group, loadBalancer, idle, target => isTarget(group, target), basis.Targets))
                .OrderBy(pool => pool.Name, StringComparer.Ordinal)
                .ToEquatableArray(),
            Answers = ApplicationAnswers.All,
            IsLogged = LogAttributes.Find(loadBalancer, LogKind.Access) is not null
                && (loadBalancer.Type == LoadBalancerType.Application || listeners.Any(listener => listener.Tls is not null)),
            AreConnectionsLogged = LogAttributes.Find(loadBalancer, LogKind.Connections) is not null,
            Template = TemplateTag.In(loadBalancer.Tags),
            HostNames = sharing.Address is not null && loadBalancer.Type == LoadBalancerType.Application
                ? loadBalancer.HostNamesBy(sharing.Claims)
                : [],
        };
    }

    /// <summary>One that takes both is two: connections and datagrams of a port have nothing to do with each other.</summary>
    private IEnumerable<PlannedListener> Listeners(LoadBalancer loadBalancer, Listener listener, ListenerSources sources)
    {
        if (listener.Protocol != Protocol.UDP)
        {
            yield return Listener(loadBalancer, listener, sources);
        }

        if (listener.Protocol.HasDatagrams)
        {
            yield return new()
            {
                Port = listener.Port,
                Mode = TrafficMode.Udp,
                DefaultAction = ActionPlan.Of(listener.DefaultActions, loadBalancer, listener.DefaultRule, gates),
                IdleTimeout = IdleFlow,
                AllowedSources = AllowedSources.Of(loadBalancer.SecurityGroups, listener.Port, inventory, ofDatagrams: true),
                SharedAt = sharing.At(listener.SharedKind, listener.Port),
            };
        }
    }

    private PlannedListener Listener(LoadBalancer loadBalancer, Listener listener, ListenerSources sources) => new()
    {
        Port = listener.Port,
        Mode = listener.Protocol.IsHttp ? TrafficMode.Http : TrafficMode.Tcp,
        Tls = TlsPlan.Of(loadBalancer, listener, sources.Certificate, sources.Trust),
        Http = listener.Protocol.IsHttp ? HttpPlan.Of(loadBalancer, listener, sources.Forgeable) : null,
        Rules = listener.Rules.Select(rule => ConditionPlan.Of(rule, loadBalancer, gates)).ToEquatableArray(),
        DefaultAction = ActionPlan.Of(listener.DefaultActions, loadBalancer, listener.DefaultRule, gates),
        IdleTimeout = IdleTimeout(loadBalancer, listener),
        AllowedSources = AllowedSources.Of(loadBalancer.SecurityGroups, listener.Port, inventory),
        SharedAt = sharing.At(listener.SharedKind, listener.Port),
    };

    /// <summary>
    /// An application load balancer has one for all, a network load balancer's TCP listener its own, and that of its others is fixed.
    /// </summary>
    private static TimeSpan IdleTimeout(LoadBalancer loadBalancer, Listener listener) => listener.Protocol switch
    {
        Protocol.TCP => Seconds(listener.Attribute(ListenerAttributes.TcpIdleTimeout)),
        Protocol.HTTP or Protocol.HTTPS => Seconds(loadBalancer.Attribute(LoadBalancerAttributes.IdleTimeout)),
        _ => IdleConnection,
    };

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture));

    /// <param name="Certificate">Finds one by its id.</param>
    /// <param name="Trust">Finds what stands for a trust store.</param>
    /// <param name="Forgeable">Names of headers that no client of the load balancer may send.</param>
    private sealed record ListenerSources(
        Func<string, ServerCertificate?> Certificate, Func<Arn, PlannedTrust> Trust, EquatableArray<string> Forgeable);
}
