using System.Collections.Immutable;
using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;

namespace CloudLb.HAProxy.State;

/// <summary>
/// What is planned for a cell, what of it is served, and by which processes. Immutable: it is replaced as a whole
/// (<see cref="CurrentState"/>), so that whoever reads it, on any thread, sees what was true at one moment.
/// </summary>
internal sealed record CellState
{
    public static readonly CellState Empty = new();

    /// <summary>The load balancers of the cell, in the order of their ids.</summary>
    public ImmutableSortedDictionary<LoadBalancerId, CellEntry> Entries { get; private init; } =
        ImmutableSortedDictionary.Create<LoadBalancerId, CellEntry>();

    /// <summary>Load balancers that the next pass has to look at.</summary>
    public ImmutableHashSet<LoadBalancerId> Changed { get; init; } = [];

    /// <summary>What could not be served when the last pass ended.</summary>
    public IReadOnlyList<PlanFault> Faults { get; private init; } = [];

    /// <summary>
    /// Addresses that the machine has lost while a process listens there, each with what is said of that: nobody reaches it until they are
    /// back, and then everybody does.
    /// </summary>
    public ImmutableDictionary<IPAddress, string> Absent { get; init; } = ImmutableDictionary<IPAddress, string>.Empty;

    /// <summary>The faults, and what nobody reaches.</summary>
    public IReadOnlyList<PlanFault> ToldFaults => Absent.IsEmpty ? Faults : [.. Faults, .. Entries.Values.SelectMany(Unreached)];

    /// <summary>The process that serves, also when it has died and nobody has looked yet.</summary>
    public CellProcess? Process { get; init; }

    /// <summary>Processes before it that still finish connections, the oldest first.</summary>
    public ImmutableList<CellProcess> Old { get; init; } = [];

    /// <summary>How many processes the cell has had.</summary>
    public long Generation { get; init; }

    /// <summary>Why a hand-over is needed whatever the plan says; null when it is not.</summary>
    public string? Drift { get; init; }

    /// <summary>Whether the files are behind what is served.</summary>
    public bool IsUnwritten { get; init; }

    /// <summary>The process that serves, if it lives.</summary>
    public CellProcess? Running => Process is { IsAlive: true } process ? process : null;

    /// <summary>All processes, the one that serves last.</summary>
    public ImmutableList<CellProcess> Processes => Process is null ? Old : Old.Add(Process);

    public IEnumerable<PlannedLoadBalancer> Targets => Entries.Values.Select(entry => entry.Target).OfType<PlannedLoadBalancer>();

    public IEnumerable<PlannedLoadBalancer> Served => Entries.Values.Select(entry => entry.Served).OfType<PlannedLoadBalancer>();

    /// <summary>Whether a load balancer waits here for the hand-over by which it is served first.</summary>
    public bool HasNew => Changed.Any(key => Find(key) is { Planned: not null, Served: null });

    /// <summary>Whether there is anything that a process should serve.</summary>
    public bool IsNeeded => Entries.Values.Any(entry => entry.Target is not null || entry.Served is not null);

    /// <summary>Whether a pass would have anything to do.</summary>
    public bool NeedsWork =>
        !Changed.IsEmpty || Drift is not null || IsUnwritten || Faults.Count > 0 || (Running is null && !Entries.IsEmpty);

    /// <summary>The cell as an operator sees it.</summary>
    public EngineProcess Status(int number) => new(number, Running?.ProcessId, Generation, Entries.Count, Old.Count);

    /// <summary>The faults of one load balancer, and what nobody reaches of it.</summary>
    public IReadOnlyList<PlanFault> ToldFaultsOf(CellEntry entry) => Absent.IsEmpty ? entry.Faults : [.. entry.Faults, .. Unreached(entry)];

    public CellEntry? Find(LoadBalancerId key) => Entries.GetValueOrDefault(key);

    public CellState Plan(LoadBalancerId key, PlannedLoadBalancer? next) =>
        With((Find(key) ?? new CellEntry(key)).Plan(next)) with { Changed = Changed.Add(key) };

    public CellState With(CellEntry entry) => this with { Entries = Entries.SetItem(entry.Id, entry) };

    /// <summary>Every load balancer changed in the same way.</summary>
    public CellState WithEach(Func<CellEntry, CellEntry> change) =>
        this with { Entries = Entries.SetItems(Entries.Values.Select(entry => KeyValuePair.Create(entry.Id, change(entry)))) };

    public CellState Without(LoadBalancerId key) => this with { Entries = Entries.Remove(key), Changed = Changed.Remove(key) };

    /// <summary>The load balancer is served as it is to be.</summary>
    public CellState Settle(LoadBalancerId key) =>
        Find(key) is { } entry ? With(entry with { Served = entry.Target }) with { Changed = Changed.Remove(key) } : this;

    public CellState CollectFaults() => this with
    {
        Faults = [.. Entries.Values.SelectMany(entry => entry.Faults).OrderBy(fault => fault.LoadBalancer).ThenBy(fault => fault.Port)],
    };

    private IEnumerable<PlanFault> Unreached(CellEntry entry)
    {
        if (entry.Served is not { } served)
        {
            return [];
        }

        var absent = served.Addresses.Where(Absent.ContainsKey).ToList();
        return absent.Count == 0 ? []
            : absent.Count == served.Addresses.Count
                ? served.Listeners.Select(listener => new PlanFault(entry.Id, listener.Port, Absent[absent[0]]))
                : served.Listeners.SelectMany(listener => absent.Select(
                    address => new PlanFault(entry.Id, listener.Port, Absent[address], address)));
    }
}
