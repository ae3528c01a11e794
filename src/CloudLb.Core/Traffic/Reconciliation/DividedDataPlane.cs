using System.Net;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>Two data planes as one: listeners of datagrams are given to the one, everything else and all checks to the other.</summary>
/// <param name="streams">Carries all but datagrams.</param>
/// <param name="health">Of the same: its checks are all there are.</param>
/// <param name="datagrams">Carries those.</param>
public sealed class DividedDataPlane(IDataPlane streams, IHealthSource health, IDataPlane datagrams) : IDataPlane, IHealthSource
{
    private readonly PlanDivision _division = new();

    /// <inheritdoc/>
    public IReadOnlyList<PlanFault> Faults => [.. streams.Faults, .. datagrams.Faults];

    /// <inheritdoc/>
    public bool IsBehind => streams.IsBehind || datagrams.IsBehind;

    /// <inheritdoc/>
    /// <remarks>What one cannot apply keeps nothing from the other.</remarks>
    public async Task ApplyAsync(TrafficPlan plan, CancellationToken cancellationToken)
    {
        var (others, own) = _division.Divide(plan);
        try
        {
            await streams.ApplyAsync(others, cancellationToken);
        }
        finally
        {
            await datagrams.ApplyAsync(own, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        var isKept = await streams.KeepAsync(cancellationToken);
        return await datagrams.KeepAsync(cancellationToken) || isKept;
    }

    /// <inheritdoc/>
    public ObservedHealth? Find(LoadBalancerId loadBalancer, string instanceId) => health.Find(loadBalancer, instanceId);

    /// <inheritdoc/>
    public Func<string, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer) => health.FinderOf(loadBalancer);

    /// <inheritdoc/>
    public Func<MemberId, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer, string pool) => health.FinderOf(loadBalancer, pool);

    /// <inheritdoc/>
    public string? WhyNotAt(LoadBalancerId loadBalancer, IPAddress address) => health.WhyNotAt(loadBalancer, address)
        ?? datagrams.Faults.FirstOrDefault(fault => fault.LoadBalancer == loadBalancer && address.Equals(fault.Address))?.Reason;

    /// <inheritdoc/>
    public string? WhyNotServed(LoadBalancerId loadBalancer)
    {
        var ofStreams = health.WhyNotServed(loadBalancer);
        if (_division.Find(loadBalancer) is not var (others, own))
        {
            return ofStreams;
        }

        var faults = datagrams.Faults.Where(fault => fault.LoadBalancer == loadBalancer).ToList();
        var isServed = (others.Listeners.Count > 0 && ofStreams is null)
            || own.Listeners.Any(listener => !faults.Any(fault => fault.IsOf(listener.Port)));
        return isServed ? null : ofStreams ?? faults.FirstOrDefault()?.Reason;
    }
}
