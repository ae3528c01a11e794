using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;

namespace CloudLb.Operator.Monitoring;

/// <summary>
/// Whether CloudLb can do its work, and whether what is stored is served. Each is found out when it is asked, not remembered.
/// </summary>
internal sealed class ServerCondition(
    IStoreCheck store, IStoreTrust trust, Reconciler reconciler, IDataPlane dataPlane, IHealthSource health, ITrafficStatus status,
    TimeProvider clock)
{
    /// <summary>For each part that is asked; a monitor waits several seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The longest pass there can be: a start that is tried six times, each for as long as a start may take by default, and some room.
    /// </summary>
    private static readonly TimeSpan LongestPass = TimeSpan.FromMinutes(5);

    /// <summary>One is enough not to be ready, and a missing address has all of them not served.</summary>
    private const int LoadBalancersTold = 20;

    private readonly Lock _lock = new();
    private Task<string?>? _asked;

    /// <summary>Why the process cannot do its work; empty when it can.</summary>
    public async Task<IReadOnlyList<string>> HealthFaultsAsync(CancellationToken cancellationToken) =>
        [.. new[] { await StoreFaultAsync(cancellationToken), ReconcilerFault() }.OfType<string>()];

    /// <summary>Why what is stored is not served, or not known to be; empty when it is.</summary>
    public async Task<IReadOnlyList<string>> ReadyFaultsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        if (ReconcilerFault() is { } fault)
        {
            faults.Add(fault);
        }

        if (trust.Refusal is { } refusal)
        {
            faults.Add(refusal);
        }

        if (!reconciler.FirstPass.IsCompletedSuccessfully)
        {
            faults.Add("What was stored is not served yet.");
        }

        if (reconciler.LastFailure is { } failure)
        {
            faults.Add($"The last reconcile pass failed: {failure}");
        }

        faults.AddRange(await status.FindSilentAsync(Patience, cancellationToken));
        faults.AddRange(dataPlane.Faults.Select(fault => fault.LoadBalancer).Distinct()
            .Select(id => (Id: id, Reason: health.WhyNotServed(id))).Where(each => each.Reason is not null)
            .Take(LoadBalancersTold).Select(each => $"The load balancer {each.Id} is not served: {each.Reason}"));
        return faults;
    }

    private string? ReconcilerFault()
    {
        if (reconciler.ExecuteTask is { IsCompleted: true })
        {
            return "The reconciler has ended; restart CloudLb.";
        }

        return reconciler.CurrentPass is { } time && time > LongestPass ? $"The reconcile pass under way has taken {time.TotalMinutes:0} " +
            "minutes." : null;
    }

    private async Task<string?> StoreFaultAsync(CancellationToken cancellationToken)
    {
        Task<string?> asked;
        lock (_lock)
        {
            // One at a time: questions must not pile up before a database that hangs.
            asked = _asked is { IsCompleted: false } waiting ? waiting : _asked = store.WhyNotWritableAsync(CancellationToken.None);
        }

        try
        {
            return await asked.WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return $"The database has not answered for {Patience.TotalSeconds:0} seconds.";
        }
    }
}
