using System.Collections.Concurrent;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>All cells, and which load balancer is in which. Changed between passes alone; read from any thread.</summary>
internal sealed class CellMap(CommonContext context, ProbeQueue queue)
{
    // What is made alone takes traffic when a process has started that serves its whole cell: one of this many in half the time of a full
    // one.
    private const int MostForOneAlone = 32;

    private readonly ConcurrentDictionary<LoadBalancerId, Cell> _byKey = new();
    private volatile IReadOnlyList<Cell> _all = [];

    public IReadOnlyList<Cell> All => _all;

    public Cell? Numbered(int number) => _all.FirstOrDefault(cell => cell.Number == number);

    public Cell? Find(LoadBalancerId key) => _byKey.GetValueOrDefault(key);

    /// <summary>Takes over what an earlier CloudLb left.</summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        // Reading what the cells were given last takes a start with thousands of load balancers a second and more.
        await Parallel.ForEachAsync(
            context.Directory.Numbers().Select(Add).ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (cell, token) =>
            {
                await cell.AdoptAsync(token);
                foreach (var key in cell.State.Entries.Keys)
                {
                    _byKey[key] = cell;
                }
            });

        // CloudLb was killed between such a move and its writing down.
        foreach (var key in _all.SelectMany(cell => cell.Traffic.Unknown))
        {
            if (_byKey.TryGetValue(key, out var cell))
            {
                MoveTraffic(key, cell);
            }
        }
    }

    /// <summary>The plan that the adopted cells were last given, in the order of keys.</summary>
    public TrafficPlan Planned() =>
        new(_byKey.OrderBy(pair => pair.Key).Select(pair => pair.Value.State.Find(pair.Key)!.Planned!).ToEquatableArray());

    /// <summary>
    /// Gives each change to the cell that it belongs to. New load balancers that come together go where one is that is not served yet, so
    /// that those made at once cost one hand-over, and fill the fullest cell. One that comes alone goes where its process starts soonest:
    /// to a small cell, which there may be one of more than are needed.
    /// </summary>
    public void Plan(IReadOnlyList<(LoadBalancerId Key, PlannedLoadBalancer? Next)> changes)
    {
        var isAlone = changes.Count(change => change.Next is not null && !_byKey.ContainsKey(change.Key)) == 1;
        foreach (var (key, next) in changes)
        {
            Plan(key, next, isAlone);
        }
    }

    /// <summary>
    /// What was written down of load balancers that are there no more goes, when the plan has been taken up after a start.
    /// </summary>
    public void ForgetUnknownTraffic()
    {
        foreach (var cell in _all)
        {
            foreach (var key in cell.Traffic.Unknown)
            {
                cell.Traffic.Remove(key);
            }
        }
    }

    private void Plan(LoadBalancerId key, PlannedLoadBalancer? next, bool isAlone)
    {
        var isNew = false;
        if (!_byKey.TryGetValue(key, out var cell))
        {
            if (next is null)
            {
                return;
            }

            cell = _byKey[key] = WithRoom(isAlone);
            isNew = true;
        }

        cell.Plan(key, next);
        if (isNew)
        {
            MoveTraffic(key, cell);
        }

        if (next is null)
        {
            _byKey.TryRemove(key, out _);
        }
    }

    /// <summary>After a clean stop a load balancer may come to another cell than it was in; its totals go with it.</summary>
    private void MoveTraffic(LoadBalancerId key, Cell to)
    {
        foreach (var from in _all.Where(cell => cell != to))
        {
            if (from.Traffic.Remove(key) is { } totals)
            {
                to.Traffic.Take(key, totals);
            }
        }
    }

    private Cell WithRoom(bool isAlone)
    {
        var most = context.Options.Value.MaxLoadBalancersPerCell;
        var used = _all.Where(cell => !cell.State.Entries.IsEmpty).ToList();
        var open = used.Where(cell => cell.State.Entries.Count < most).MinBy(cell => Rank(cell.State, isAlone));
        var needed = (_byKey.Count / most) + 1;
        return open is not null && (!isAlone || open.State.Entries.Count < MostForOneAlone || used.Count > needed)
            ? open
            : _all.FirstOrDefault(cell => cell.State.Entries.IsEmpty) ?? Add(_all.Count == 0 ? 1 : _all.Max(cell => cell.Number) + 1);
    }

    private static (bool, int) Rank(CellState state, bool isAlone) =>
        (!state.HasNew, isAlone ? state.Entries.Count + state.Old.Count : -state.Entries.Count);

    private Cell Add(int number)
    {
        var cell = new Cell(context.Directory.Cell(number), context, queue, () => _all.Count(cell => !cell.State.Entries.IsEmpty));
        _all = [.. _all, cell];
        return cell;
    }
}
