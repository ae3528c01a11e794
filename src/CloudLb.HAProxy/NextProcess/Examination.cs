using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Templates;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>What of the plan can be served, and the telling of what cannot. Used under the gate.</summary>
internal sealed class Examination(CellContext context, Admission admission, LoadBalancerTexts texts, Composer composer)
{
    // A bind that HAProxy refused although the test passed is tried again after this long, as each try costs the start of a process.
    private static readonly TimeSpan RefusalAge = TimeSpan.FromSeconds(20);

    private readonly TakenEndpoints _taken = new(context.State);

    /// <summary>
    /// Decides what of the plan can be served: a listener with a fault is left out, a load balancer with one stays as it is served now.
    /// </summary>
    public void Examine(LoadBalancerId key)
    {
        if (context.State.Now.Find(key) is not { } entry)
        {
            return;
        }

        if (entry.Planned is not { } planned)
        {
            _taken.Change(entry.Target, null);
            context.State.Change(key, gone => gone with { Target = null, Faults = [] });
            return;
        }

        var faults = FaultsOf(entry, planned);
        var choice = TemplateChoice.Of(context.Common.Templates, entry, planned);
        if (choice is { Fault: { } why, HasFallback: false })
        {
            faults.Add(new PlanFault(key, null, why));
        }

        var templated = choice.Template == planned.Template ? planned : planned with { Template = choice.Template };
        var target = Without(admission.Admitted(templated, entry.Served), faults, entry.Served);
        if (choice is { Fault: { } told, HasFallback: true })
        {
            faults.Add(new PlanFault(key, null, told));
        }

        target = Writable(entry, target, faults);
        target = target == entry.Target ? entry.Target : target;
        _taken.Change(entry.Target, target);
        context.State.Change(key, examined => examined with { Target = target });
        Tell(key, faults);
    }

    /// <summary>
    /// What can be written of it: with the templates that it is served with where others cannot be used, or what is served.
    /// </summary>
    private PlannedLoadBalancer? Writable(CellEntry entry, PlannedLoadBalancer? target, List<PlanFault> faults)
    {
        if (target is null)
        {
            return null;
        }

        try
        {
            texts.Sections(target, context.State.Now.Process?.Threads ?? composer.NextThreads);
            return target;
        }
        catch (UnwritableValueException exception)
        {
            faults.Add(new PlanFault(entry.Id, null, exception.Message));
            return entry.Served;
        }
        catch (TemplateException exception)
        {
            faults.Add(new PlanFault(entry.Id, null, exception.Message));
            return entry.Served is { } served && served.Template != target.Template
                ? Writable(entry, target with { Template = served.Template }, faults)
                : entry.Served;
        }
    }

    /// <summary>Everything again: the process is gone with its sockets, so that every bind is a new one.</summary>
    public void ExamineAll()
    {
        foreach (var key in context.State.Now.Entries.Keys)
        {
            Examine(key);
        }
    }

    /// <summary>HAProxy has refused parts of the configuration: they are left out of the next.</summary>
    /// <param name="faults">What it has named.</param>
    /// <param name="byTemplates">Load balancers for which the cause may be a template.</param>
    public void LeaveOut(IReadOnlyList<PlanFault> faults, IReadOnlySet<LoadBalancerId> byTemplates)
    {
        foreach (var ofOne in faults.GroupBy(fault => fault.LoadBalancer))
        {
            context.State.Change(ofOne.Key, entry =>
            {
                var known = entry.Refused is { Template: null } refused && refused.Of == entry.Planned ? refused.Faults : [];
                var template = byTemplates.Contains(entry.Id) && entry.Target?.Template != entry.Served?.Template
                    ? entry.Target?.Template
                    : null;
                return entry with
                {
                    // Even what was served is refused now; without a running process there is nothing to keep.
                    Served = entry.Target == entry.Served ? null : entry.Served,
                    Refused = new(entry.Planned!, [.. known, .. ofOne.DistinctBy(fault => fault.Port)], context.Now, template),
                };
            });
            Examine(ofOne.Key);
        }
    }

    /// <summary>No hand-over comes about, so that what needs one is not served.</summary>
    public void Fail(string reason)
    {
        foreach (var entry in context.State.Now.Entries.Values.Where(entry => entry.Planned is not null && entry.Target != entry.Served))
        {
            Tell(entry.Id, [.. entry.Faults, new PlanFault(entry.Id, null, reason)]);
        }

        context.State.Change(state => state.CollectFaults());
    }

    private void Tell(LoadBalancerId key, IReadOnlyList<PlanFault> faults)
    {
        var before = context.State.Now.Find(key)?.Faults ?? [];
        foreach (var fault in faults.Except(before))
        {
            CellLog.NotServed(context.Logger, fault.LoadBalancer, PartOf(fault), fault.Reason);
        }

        foreach (var fault in before.Except(faults))
        {
            CellLog.ServedAgain(context.Logger, fault.LoadBalancer, PartOf(fault));
        }

        context.State.Change(key, entry => entry with { Faults = faults });
    }

    private static string PartOf(PlanFault fault) => fault switch
    {
        { Port: { } port, Address: { } address } => $"listener {port} at {address}",
        { Port: { } port } => $"listener {port}",
        _ => "the load balancer as it is planned",
    };

    private List<PlanFault> FaultsOf(CellEntry entry, PlannedLoadBalancer planned)
    {
        var faults = RefusalsInForce(entry, planned).ToList();
        if (faults.All(fault => fault.Port is not null))
        {
            faults.AddRange(planned.Listeners
                .Where(listener => faults.All(fault => fault.Port != listener.Port))
                .SelectMany(listener => FaultsOf(planned, listener))
                .ToList());
        }

        return faults;
    }

    /// <summary>
    /// A configuration that was refused is tried again when the plan changes, a bind that was refused also after a while.
    /// </summary>
    private IReadOnlyList<PlanFault> RefusalsInForce(CellEntry entry, PlannedLoadBalancer planned) =>
        entry.Refused is { Template: null } refused && refused.Of == planned
        && (refused.Faults.Any(fault => fault.Port is null) || context.Now - refused.At < RefusalAge)
            ? refused.Faults
            : [];

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

        var target = planned with
        {
            Listeners = planned.Listeners
                .Where(listener => !faults.Any(fault => fault.IsOf(listener.Port)))
                .Select(listener => listener with
                {
                    NotAt = faults.Where(fault => fault.Port == listener.Port).Select(fault => fault.Address).OfType<IPAddress>()
                        .ToEquatableArray(),
                })
                .ToEquatableArray(),
        };
        return target == served ? served : target;
    }

    /// <summary>
    /// A listener that cannot be bound at one address of several is served at the others. At an address that load balancers share it is as
    /// it is at its own, or not at all.
    /// </summary>
    private IReadOnlyList<PlanFault> FaultsOf(PlannedLoadBalancer planned, PlannedListener listener)
    {
        if ((Carried.WhyNot(planned, listener) ?? WhyNotSecure(listener.Tls) ?? WhyNotTold(listener.Http)) is { } reason)
        {
            return [new(planned.Id, listener.Port, reason)];
        }

        var faults = planned.EndpointsOf(listener)
            .Select(endpoint => (endpoint.Address, Reason: WhyNotBound(planned, endpoint)))
            .Where(tested => tested.Reason is not null)
            .Select(tested => new PlanFault(planned.Id, listener.Port, tested.Reason!, tested.Address))
            .ToList();
        return faults.Count == 0 ? []
            : faults.Count < planned.Addresses.Count && faults.All(fault => planned.Addresses.Contains(fault.Address!)) ? faults
            : [faults[0] with { Address = null }];
    }

    private string? WhyNotBound(PlannedLoadBalancer planned, IPEndPoint endpoint)
    {
        var state = context.State.Now;
        if (state.Running is { } process && process.Bound.Contains(endpoint))
        {
            return null;
        }

        return _taken.OtherAt(endpoint, planned.Id) is { } other
            ? $"{endpoint} is already in use by the load balancer {other}."
            : BindTest.WhyNot(endpoint.Address, endpoint.Port, context.Options.BindAbsentAddresses);
    }

    /// <summary>Null when the listener's TLS can be served; else why not.</summary>
    private string? WhyNotSecure(PlannedTls? tls) => tls is null ? null
        : TlsSettings.WhyNot(tls)
            ?? (tls.NamedCertificateIds ?? []).Prepend(tls.CertificateId)
                .Where(id => context.Certificates.ReadPem(id) is null)
                .Select(id => $"Its certificate {id} is not there any more; give it another.")
                .FirstOrDefault();

    /// <summary>Null when members can be told of clients' certificates; else why not.</summary>
    private string? WhyNotTold(PlannedHttp? http) =>
        !context.Capabilities.HasLua && http?.ClientHeaders.Any(header => header.Part == ClientCertificatePart.Chain) == true
            ? "Members are told all certificates of a client with Lua, which this HAProxy was built without; use one that has it."
            : null;
}
