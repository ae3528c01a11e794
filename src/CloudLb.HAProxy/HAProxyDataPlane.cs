using System.Net;
using CloudLb.Core;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Cells;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Front;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy;

/// <summary>Serves the traffic plan with HAProxy.</summary>
public sealed class HAProxyDataPlane : IDataPlane, IHealthSource, ITrafficStatus, ITrafficCounters, IHeldPlaces, ISpareMemory, IDisposable
{
    private readonly CellMap _cells;
    private readonly FrontKeeper _front;
    private readonly NamedLoadBalancers _named = new();
    private readonly CellPasses _passes;
    private readonly KnownHealth _health;
    private readonly ChangeSignal _changes;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TrafficPlan? _planned;
    private bool _isFirstPlan = true;

    internal HAProxyDataPlane(CellMap cells, FrontKeeper front, ChangeSignal changes, TimeProvider clock) =>
        (_cells, _front, _changes, _passes, _health) = (cells, front, changes, new(cells, changes, clock), new(cells, clock));

    /// <inheritdoc/>
    public IReadOnlyList<IPEndPoint> Held => _front.Held;

    public IReadOnlyList<PlanFault> Faults => [.. _cells.All.SelectMany(cell => cell.State.ToldFaults)];

    /// <inheritdoc/>
    public string Engine => "HAProxy";

    /// <summary>The cells, each with its process.</summary>
    public IReadOnlyList<EngineProcess> Cells => [.. _cells.All.Select(cell => cell.State.Status(cell.Number))];

    /// <inheritdoc/>
    IReadOnlyList<EngineProcess> ITrafficStatus.Processes => Cells;

    /// <inheritdoc/>
    public async Task<ServedLoadBalancer?> ReadAsync(LoadBalancerId loadBalancer, CancellationToken cancellationToken) =>
        _cells.Find(loadBalancer) is { } cell ? await cell.Status.ReadAsync(loadBalancer, cancellationToken) : null;

    /// <inheritdoc/>
    /// <remarks>Takes about 0.2 ms for a hundred load balancers.</remarks>
    public async Task<IReadOnlyDictionary<LoadBalancerId, ListenerActivity>> ReadActivityAsync(CancellationToken cancellationToken)
    {
        var activities = new Dictionary<LoadBalancerId, ListenerActivity>();
        foreach (var cell in _cells.All)
        {
            foreach (var (key, activity) in await cell.Status.ReadActivityAsync(cancellationToken))
            {
                activities[key] = activities.GetValueOrDefault(key) + activity;
            }
        }

        return activities;
    }

    /// <inheritdoc/>
    public IEnumerable<LoadBalancerTraffic> Traffic => _cells.All.SelectMany(cell => cell.Traffic.Shown);

    /// <inheritdoc/>
    public LoadBalancerTraffic? TrafficOf(LoadBalancerId loadBalancer) => _cells.Find(loadBalancer)?.Traffic.Find(loadBalancer);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindSilentAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var asked = await Task.WhenAll(_cells.All.Where(cell => cell.State.IsNeeded).Select(
            async cell => (cell.Number, Answers: await cell.Status.AnswersAsync(patience, cancellationToken))));
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
            _cells.Plan([
                .. PlanChanges.Between(_planned!, plan)
                    .Select(change => (change.Key, change.Next is { } next ? MemberWeights.Fitted(OpenPools.Added(next)) : null)),
            ]);

            if (_isFirstPlan)
            {
                _cells.ForgetUnknownTraffic();
                _isFirstPlan = false;
            }

            _planned = plan;
            await PassAsync(cancellationToken);
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

            await PassAsync(cancellationToken);
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
    public Func<string, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer) => _health.FinderOf(loadBalancer);

    /// <inheritdoc/>
    public Func<MemberId, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer, string pool) => _health.FinderOf(loadBalancer, pool);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<MemberId, CheckAnswer>> ReadChecksAsync(
        LoadBalancerId loadBalancer, string pool, CancellationToken cancellationToken) =>
        _cells.Find(loadBalancer) is { } cell
            ? await cell.Status.ReadChecksAsync(loadBalancer, pool, cancellationToken)
            : new Dictionary<MemberId, CheckAnswer>();

    /// <inheritdoc/>
    public string? WhyNotServed(LoadBalancerId loadBalancer) => _health.WhyNotServed(loadBalancer);

    /// <inheritdoc/>
    public string? WhyNotAt(LoadBalancerId loadBalancer, IPAddress address) => _health.WhyNotAt(loadBalancer, address);

    /// <inheritdoc/>
    public bool IsBehind => _passes.IsBehind;

    /// <inheritdoc/>
    /// <remarks>
    /// What stands of each load balancer in files, 3 KB: a cell makes all of it again with its next change, in some milliseconds.
    /// </remarks>
    public async Task LetGoAsync(CancellationToken cancellationToken)
    {
        foreach (var cell in _cells.All)
        {
            await cell.LetGoAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _passes.Dispose();
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

    /// <summary>The templates in force are others: everything is looked at again by the next pass, which is asked for.</summary>
    /// <param name="replace">Puts them in force, between two passes.</param>
    /// <param name="cancellationToken">Ends the wait for the pass under way.</param>
    internal async Task TakeUpTemplatesAsync(Action replace, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            replace();
            foreach (var cell in _cells.All)
            {
                cell.TakeUpTemplates();
            }
        }
        finally
        {
            _gate.Release();
        }

        _changes.Raise();
    }

    /// <summary>
    /// Names lead to what is served: to the rest by the pass that serves it. What fails in one cell keeps nobody from the others.
    /// </summary>
    private async Task PassAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _passes.PassAsync(cancellationToken);
        }
        finally
        {
            var oldest = _cells.All.Select(cell => cell.State.Process).OfType<CellProcess>()
                .Select(process => process.StartedAt ?? TimeSpan.Zero).DefaultIfEmpty(TimeSpan.MaxValue).Min();
            await _front.ApplyAsync(_named.In(_cells.All), oldest, cancellationToken);
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
}
