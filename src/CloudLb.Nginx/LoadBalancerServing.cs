using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Nginx.Configuration;
using CloudLb.Nginx.Executable;
using CloudLb.Nginx.Instances;
using CloudLb.Nginx.Machine;

namespace CloudLb.Nginx;

/// <summary>Which listeners of a load balancer its nginx can serve, and with which configuration it does.</summary>
internal sealed class LoadBalancerServing(NginxBinary binary, IHealthSource health, NginxOptions options)
{
    private const int OtherDescriptors = 64;

    /// <summary>Serves one load balancer as far as it can be, and returns what cannot.</summary>
    public async Task<IReadOnlyList<PlanFault>> ServeAsync(
        PlannedLoadBalancer planned, NginxInstance instance, CancellationToken cancellationToken)
    {
        try
        {
            var found = await binary.FindAsync(cancellationToken);
            var faults = planned.Listeners.SelectMany(listener => FaultsOf(planned, listener, instance)).ToList();
            var served = planned.Listeners.Where(listener => !faults.Any(fault => fault.IsOf(listener.Port)))
                .Select(listener => listener with
                {
                    NotAt = faults.Where(fault => fault.Port == listener.Port).Select(fault => fault.Address).OfType<IPAddress>()
                        .ToEquatableArray(),
                })
                .ToList();
            if (served.Count == 0)
            {
                await instance.EndAsync(isForgotten: true, cancellationToken);
            }
            else
            {
                await instance.ServeAsync(Render(planned, served, found.Module, instance), cancellationToken);
            }

            return faults;
        }
        catch (NginxException exception)
        {
            return [.. planned.Listeners.Select(listener => new PlanFault(planned.Id, listener.Port, exception.Message))];
        }
    }

    private string Render(
        PlannedLoadBalancer planned, IReadOnlyList<PlannedListener> served, string? module, NginxInstance instance)
    {
        var names = served.SelectMany(StreamConfiguration.PoolsOf).Select(each => each.Pool).ToHashSet();
        var parts = planned.Pools.Where(pool => names.Contains(pool.Name))
            .SelectMany(of => ZoneParts.Of(planned, of).Select(part => (Of: of, Part: part))).ToList();
        var members = parts.ToDictionary(
            each => each.Part.Name, each => PoolMembers.Of(each.Part, health.FinderOf(planned.Id, each.Of.Name), instance.Serves));
        var flows = (int)Math.Min(options.MaxFlowsPerLoadBalancer, Math.Max(1, OpenFilesLimit.Hard() - OtherDescriptors));
        return StreamConfiguration.Render(
            [.. served.SelectMany(listener => ZoneParts.Of(planned, listener))], planned.Addresses, [.. parts.Select(each => each.Part)],
            pool => members[pool.Name], module, flows);
    }

    /// <summary>A listener that cannot be bound at one address of several is served at the others.</summary>
    private static IReadOnlyList<PlanFault> FaultsOf(PlannedLoadBalancer planned, PlannedListener listener, NginxInstance instance)
    {
        if (Carried.WhyNot(planned, listener) is { } notCarried)
        {
            return [new(planned.Id, listener.Port, notCarried)];
        }

        var faults = StreamConfiguration.PlacesOf(listener, planned.Addresses)
            .Where(place => !instance.ListensAt(place))
            .Select(place => (place.Address, Reason: BindTest.WhyNot(place)))
            .Where(tested => tested.Reason is not null)
            .Select(tested => new PlanFault(planned.Id, listener.Port, tested.Reason!, tested.Address))
            .ToList();
        return faults.Count == 0 ? []
            : faults.Count < planned.Addresses.Count && faults.All(fault => planned.Addresses.Contains(fault.Address!)) ? faults
            : [faults[0] with { Address = null }];
    }
}
