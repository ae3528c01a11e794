using System.Collections.Immutable;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.State;

/// <summary>The state of a cell as it is now. Safe to use from any thread; no change is lost, and nobody waits.</summary>
internal sealed class CurrentState
{
    private CellState _now = CellState.Empty;

    public CellState Now => Volatile.Read(ref _now);

    /// <param name="change">Makes the next state of the one that there is; called again when another change came first.</param>
    public void Change(Func<CellState, CellState> change) => ImmutableInterlocked.Update(ref _now, change);

    /// <summary>Changes one load balancer, if it is there.</summary>
    public void Change(LoadBalancerId key, Func<CellEntry, CellEntry> change) =>
        Change(state => state.Find(key) is { } entry ? state.With(change(entry)) : state);
}
