using CloudLb.Core;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Cells;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy;

/// <summary>Serves the traffic plan with HAProxy.</summary>
public sealed class HAProxyDataPlane : IDataPlane, IHealthSource, ITrafficStatus, ITrafficCounters, IDisposable
{
    // A pass waits this long for a hand-over's turn; when it is further off, the pass ends and another is asked for, so that members are never kept waiting.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    // Half of the processors are left to whoever makes the changes.
    private static readonly int HandOversAtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly CellMap _cells;
    private readonly HandOverPace _pace;
    private readonly ChangeSignal _changes;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TrafficPlan? _planned;
    private ITimer? _later;
    private bool _isFirstPlan = true;

    internal HAProxyDataPlane(CellMap cells, ChangeSignal changes, TimeProvider clock)
    {
        (_cells, _changes, _clock) = (cells, changes, clock);
        _pace = new HandOverPace(clock);
    }

    public IReadOnlyList<PlanFault> Faults => [.. _cells.All.SelectMany(cell => cell.Faults)];

    /// <inheritdoc/>
    public string Engine => "HAProxy";

    /// <summary>The cells, each with its process.</summary>
    public IReadOnlyList<EngineProcess> Cells => [.. _cells.All.Select(cell => cell.Status)];

    /// <inheritdoc/>
    IReadOnlyList<EngineProcess> ITrafficStatus.Processes => Cells;

    /// <inheritdoc/>
    public async Task<ServedLoadBalancer?> ReadAsync(LoadBalancerId loadBalancer, CancellationToken cancellationToken) =>
        _cells.Find(loadBalancer) is { } cell && cell.Entry(loadBalancer) is { } entry ? await cell.ReadAsync(entry, cancellationToken) : null;

    /// <inheritdoc/>
    /// <remarks>Takes about 0.2 ms for a hundred load balancers.</remarks>
    public async Task<IReadOnlyDictionary<LoadBalancerId, ListenerActivity>> ReadActivityAsync(CancellationToken cancellationToken)
    {
        var activities = new Dictionary<LoadBalancerId, ListenerActivity>();
        foreach (var cell in _cells.All)
        {
            foreach (var (key, activity) in await cell.ReadActivityAsync(cancellationToken))
            {
                activities[key] = activities.GetValueOrDefault(key) + activity;
            }
        }

        return activities;
    }

    /// <inheritdoc/>
    public IEnumerable<LoadBalancerTraffic> Traffic => _cells.All.SelectMany(cell => cell.Traffic.Shown);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindSilentAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var asked = await Task.WhenAll(_cells.All.Where(cell => cell.IsNeeded).Select(
            async cell => (cell.Number, Answers: await cell.AnswersAsync(patience, cancellationToken))));
        return [.. asked.Where(cell => !cell.Answers).Select(cell => $"Cell {cell.Number} has no HAProxy process that answers.")];
    }

    /// <inheritdoc/>
    /// <remarks>Under constant change a hand-over can be put off by up to five seconds; another pass is asked for then.</remarks>
    public async Task ApplyAsync(TrafficPlan plan, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await AdoptOnceAsync(cancellationToken);
            foreach (var (key, next) in PlanChanges.Between(_planned!, plan))
            {
                _cells.Plan(key, next is null ? null : MemberWeights.Fitted(next));
            }

            if (_isFirstPlan)
            {
                _cells.ForgetUnknownTraffic();
                _isFirstPlan = false;
            }

            _planned = plan;
            await ApplyAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<bool> KeepAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await AdoptOnceAsync(cancellationToken);
            if (_planned!.LoadBalancers.Count == 0)
            {
                return false;
            }

            await ApplyAsync(cancellationToken);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public ObservedHealth? Find(LoadBalancerId loadBalancer, string instanceId) => FinderOf(loadBalancer)(instanceId);

    /// <inheritdoc/>
    public Func<string, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer) =>
        _cells.Find(loadBalancer) is { } cell && cell.Entry(loadBalancer) is { HealthPool: { } pool } entry ? instanceId => Find(cell, entry, pool, instanceId) : _ => null;

    private ObservedHealth? Find(Cell cell, CellEntry entry, HealthPool pool, string instanceId)
    {
        if (pool.Pool?.FindMember(instanceId) is not { } member)
        {
            return null;
        }

        if (entry.Served is null)
        {
            return entry.Faults.Count > 0 ? ObservedHealth.Unserved : null;
        }

        if (member.DrainingUntil is not null)
        {
            return pool.Of.Pools.Any(each => cell.IsDraining(entry, new(ProxyName.OfPool(entry.Id, each.Name), instanceId), each.Name))
                ? ObservedHealth.Draining
                : null;
        }

        if (pool.AsksForKeys && cell.HealthByProof(pool.Of, instanceId) is { } byProof)
        {
            return byProof;
        }

        return cell.Health(pool.NameOf(instanceId)) is { } health ? StatusMapping.Observe(health, _clock.GetSteadyTime()) : null;
    }

    /// <inheritdoc/>
    public string? WhyNotServed(LoadBalancerId loadBalancer)
    {
        if (_cells.Find(loadBalancer)?.Entry(loadBalancer) is not { Planned: { Listeners.Count: > 0 } planned, Faults: { Count: > 0 } faults } entry)
        {
            return null;
        }

        return entry.Served is null || planned.Listeners.All(listener => faults.Any(fault => fault.Port == listener.Port))
            ? (faults.FirstOrDefault(fault => fault.Port is null) ?? faults[0]).Reason
            : null;
    }

    /// <inheritdoc/>
    public bool IsBehind { get; private set; }

    public void Dispose()
    {
        _later?.Dispose();
        _gate.Dispose();
    }

    internal async Task AdoptAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await AdoptOnceAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task AdoptOnceAsync(CancellationToken cancellationToken)
    {
        if (_planned is null)
        {
            await _cells.AdoptAsync(cancellationToken);
            _planned = _cells.Planned();
        }
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        IsBehind = false;
        var waiting = new List<(Cell Cell, string Reason)>();
        var failures = new List<Exception>();
        var needy = _cells.All.Where(cell => cell.NeedsWork).ToList();

        // One after the other where processes run: what one gives up another may take.
        await ForEachAsync(needy, needy.Exists(IsRunning) ? 1 : Environment.ProcessorCount, failures, async (cell, token) =>
        {
            if (await cell.UpdateAsync(token) is { } reason)
            {
                lock (waiting)
                {
                    waiting.Add((cell, reason));
                }
            }
        }, cancellationToken);
        await HandOverAsync(waiting, failures, cancellationToken);
        if (failures.Count > 0)
        {
            throw new HAProxyException(string.Join(" ", failures.Select(failure => failure.Message).Distinct()), failures[0]);
        }
    }

    private async Task HandOverAsync(List<(Cell Cell, string Reason)> waiting, List<Exception> failures, CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
        {
            return;
        }

        if (_pace.Remaining > LongestWait)
        {
            // What does not run at all is not kept waiting.
            AskForLater(_pace.Remaining);
            IsBehind = true;
            waiting.RemoveAll(pair => IsRunning(pair.Cell));
            if (waiting.Count == 0)
            {
                return;
            }
        }
        else if (waiting.TrueForAll(pair => IsRunning(pair.Cell)))
        {
            await Task.Delay(_pace.Remaining, _clock, cancellationToken);
        }

        if (!IsBehind)
        {
            // Nothing is put off any more.
            _later?.Dispose();
        }

        var started = _clock.GetTimestamp();
        await ForEachAsync(
            waiting, waiting.TrueForAll(pair => IsRunning(pair.Cell)) ? HandOversAtOnce : Environment.ProcessorCount, failures, async (pair, token) => await pair.Cell.HandOverAsync(pair.Reason, token), cancellationToken);
        _pace.Took(_clock.GetElapsedTime(started), _cells.All.Max(cell => cell.OldProcesses), _changes.IsRaised);
    }

    private static bool IsRunning(Cell cell) => cell.Status.ProcessId is not null;

    /// <summary>One cell's trouble, a full disk for instance, is not the others': it is put to the failures.</summary>
    private static Task ForEachAsync<T>(
        IReadOnlyList<T> all, int atOnce, List<Exception> failures, Func<T, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        all,
        new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
        async (each, token) =>
        {
            try
            {
                await act(each, token);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                lock (failures)
                {
                    failures.Add(exception);
                }
            }
        });

    private void AskForLater(TimeSpan delay)
    {
        _later?.Dispose();
        _later = _clock.CreateTimer(_ => _changes.Raise(), null, delay, Timeout.InfiniteTimeSpan);
    }
}
