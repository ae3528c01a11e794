using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>What of the plan can be served, and the telling of what cannot.</summary>
internal sealed partial class Cell
{
    // A bind that HAProxy refused although the test passed is tried again after this long, as each try costs the start of a process.
    private static readonly TimeSpan RefusalAge = TimeSpan.FromSeconds(20);

    /// <summary>Decides what of the plan can be served: a listener with a fault is left out, a load balancer with one stays as it is served now.</summary>
    private void Examine(CellEntry entry)
    {
        var planned = entry.Planned;
        if (planned is null)
        {
            (entry.Target, entry.Faults) = (null, []);
            return;
        }

        var faults = RefusalsInForce(entry, planned).ToList();
        if (faults.All(fault => fault.Port is not null))
        {
            faults.AddRange(planned.Listeners
                .Where(listener => faults.All(fault => fault.Port != listener.Port))
                .Select(listener => (listener.Port, Reason: Carried.WhyNot(planned, listener) ?? WhyNotSecure(listener.Tls) ?? WhyNotBound(planned, listener.Port)))
                .Where(tested => tested.Reason is not null)
                .Select(tested => new PlanFault(entry.Id, tested.Port, tested.Reason!)));
        }

        entry.Target = Without(Admitted(planned, entry.Served), faults, entry.Served);
        if (entry.Target is not null)
        {
            try
            {
                entry.Sections(entry.Target, context.Options.Value, context.Binary.Capabilities, _process?.Threads ?? NextThreads);
            }
            catch (UnwritableValueException exception)
            {
                faults.Add(new PlanFault(entry.Id, null, exception.Message));
                entry.Target = entry.Served;
            }
        }

        Tell(entry, faults);
    }

    private void Tell(CellEntry entry, IReadOnlyList<PlanFault> faults)
    {
        foreach (var fault in faults.Except(entry.Faults))
        {
            Log.NotServed(context.Logger, fault.LoadBalancer, PartOf(fault), fault.Reason);
        }

        foreach (var fault in entry.Faults.Except(faults))
        {
            Log.ServedAgain(context.Logger, fault.LoadBalancer, PartOf(fault));
        }

        entry.Faults = faults;
    }

    private static string PartOf(PlanFault fault) => fault.Port is { } port ? $"listener {port}" : "the load balancer as it is planned";

    private void CollectFaults() => _faults = [.. _entries.Values.SelectMany(entry => entry.Faults).OrderBy(fault => fault.LoadBalancer).ThenBy(fault => fault.Port)];

    private static PlannedLoadBalancer? Without(PlannedLoadBalancer planned, List<PlanFault> faults, PlannedLoadBalancer? served)
    {
        if (faults.Count == 0)
        {
            return planned;
        }

        if (faults.Any(fault => fault.Port is null))
        {
            return served;
        }

        var target = planned with { Listeners = planned.Listeners.Where(listener => faults.All(fault => fault.Port != listener.Port)).ToEquatableArray() };
        return target == served ? served : target;
    }

    /// <summary>A configuration that was refused is tried again when the plan changes, a bind that was refused also after a while.</summary>
    private IReadOnlyList<PlanFault> RefusalsInForce(CellEntry entry, PlannedLoadBalancer planned) =>
        entry.Refused is { } refused && refused.Of == planned &&
        (refused.Faults.Any(fault => fault.Port is null) || context.Clock.GetSteadyTime() - refused.At < RefusalAge)
            ? refused.Faults
            : [];

    private string? WhyNotBound(PlannedLoadBalancer planned, int port) =>
        planned.Addresses.Select(address => WhyNotBound(planned, new IPEndPoint(address, port))).FirstOrDefault(reason => reason is not null);

    private string? WhyNotBound(PlannedLoadBalancer planned, IPEndPoint endpoint)
    {
        if (_process is { IsAlive: true } process && process.Bound.Contains(endpoint))
        {
            return null;
        }

        var other = _entries.Values.FirstOrDefault(entry => entry.Id != planned.Id && entry.Target is { } target &&
            target.Addresses.Contains(endpoint.Address) && target.Listeners.Any(listener => listener.Port == endpoint.Port));
        return other is not null
            ? $"{endpoint} is already in use by the load balancer {other.Id}."
            : BindTest.WhyNot(endpoint.Address, endpoint.Port);
    }
}
