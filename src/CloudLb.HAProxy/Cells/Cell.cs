using System.Collections.Concurrent;
using System.Collections.Immutable;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy.Cells;

/// <summary>
/// Some load balancers and the HAProxy process that serves them. What is planned is set from outside; <see cref="UpdateAsync"/> and
/// <see cref="HandOverAsync"/> make it so. One gate keeps everything that talks to the process in order.
/// </summary>
/// <param name="directory">Where its files are.</param>
/// <param name="context">What all cells work with.</param>
/// <param name="processes">How many cells serve something, or are about to.</param>
internal sealed partial class Cell(CellDirectory directory, CellContext context, Func<int> processes)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<LoadBalancerId, CellEntry> _entries = new();
    private readonly HealthTable _health = new();
    private readonly HashSet<LoadBalancerId> _changed = [];
    private readonly CheckRounds _checks = new(context.Clock);
    private readonly PassOnFiles _passOn = new(directory);
    private volatile ImmutableList<CellProcess> _old = [];
    private volatile CellProcess? _process;
    private long _generation;

    // The dictionary takes all of its locks to count, and every new load balancer compares the cells.
    private volatile int _count;
    private volatile IReadOnlyList<PlanFault> _faults = [];
    private string? _drift;
    private bool _isUnwritten;

    public int Number => directory.Number;

    /// <summary>Load balancers that are planned for this cell.</summary>
    public int Count => _count;

    /// <summary>Whether a load balancer waits here for the hand-over by which it is served first.</summary>
    public bool HasNew => _changed.Any(key => _entries.GetValueOrDefault(key) is { Planned: not null, Served: null });

    public int OldProcesses => _old.Count;

    public IEnumerable<LoadBalancerId> Keys => _entries.Keys;

    public IReadOnlyList<PlanFault> Faults => _faults;

    public EngineProcess Status => new(Number, _process is { IsAlive: true } process ? process.ProcessId : null, _generation, Count, OldProcesses);

    /// <summary>Whether a pass would have anything to do here.</summary>
    public bool NeedsWork => _changed.Count > 0 || !_seenAnew.IsEmpty || _drift is not null || _isUnwritten || _faults.Count > 0 || (_process is not { IsAlive: true } && Count > 0);

    /// <summary>Takes up what is planned for a load balancer; null when it is to go away. Called between passes only.</summary>
    public void Plan(LoadBalancerId key, PlannedLoadBalancer? next)
    {
        var entry = _entries.GetOrAdd(key, static key => new CellEntry(key));
        entry.Planned = next;
        _count = _entries.Count;
        _changed.Add(key);
    }

    public PlannedLoadBalancer? PlannedFor(LoadBalancerId key) => _entries.GetValueOrDefault(key)?.Planned;

    /// <summary>Does what commands to the running process can do.</summary>
    /// <returns>Why a hand-over is needed for the rest; null when all is done.</returns>
    public async Task<string?> UpdateAsync(CancellationToken cancellationToken)
    {
        await SeeNewMembersAsync(cancellationToken);
        using var turn = await TurnAsync(cancellationToken);
        _revision++;
        if (_process is { IsAlive: false } silent)
        {
            await EndSilentAsync(silent, cancellationToken);
        }

        var isRunning = _process is { IsAlive: true };
        var reason = isRunning ? _drift : _process is null ? "start" : "process died";
        var changes = new MemberChanges(_process?.Threads ?? 1);
        var updated = new List<CellEntry>();
        foreach (var entry in _entries.Values.Where(entry => !isRunning || _changed.Contains(entry.Id) || entry.Faults.Count > 0).OrderBy(entry => entry.Id).ToList())
        {
            Examine(entry);
            var (kind, why) = isRunning ? PlanDiff.Compare(entry.Served, entry.Target) : (UpdateKind.Nothing, "");
            switch (kind)
            {
                case UpdateKind.Structure:
                    reason ??= why;

                    // The hand-over may be put off: it must be asked for again by the next pass, also where nothing but a fault that is gone has changed.
                    _changed.Add(entry.Id);
                    break;
                case UpdateKind.Members:
                    changes.Collect(entry.Served!, entry.Target);
                    updated.Add(entry);
                    break;
                default:
                    if (isRunning)
                    {
                        entry.Served = entry.Target;
                        _changed.Remove(entry.Id);
                    }

                    break;
            }
        }

        if (isRunning && updated.Count > 0)
        {
            reason = await TryChangeAsync(_process!, changes, updated, cancellationToken) ?? reason ?? _drift;
        }

        return await FinishAsync(reason, updated.Count > 0, cancellationToken);
    }

    /// <summary>What is known of one instance of one load balancer of this cell.</summary>
    public MemberHealth? Health(MemberName name) => _health.Find(name);

    public CellEntry? Entry(LoadBalancerId key) => _entries.GetValueOrDefault(key);

    private async Task<string?> FinishAsync(string? reason, bool hasChanged, CancellationToken cancellationToken)
    {
        CollectFaults();
        foreach (var entry in _entries.Values.Where(entry => entry.Planned is null && (entry.Served is null || _process is not { IsAlive: true })))
        {
            _entries.TryRemove(entry.Id, out _);
            Traffic.Remove(entry.Id);
            _changed.Remove(entry.Id);
            _count = _entries.Count;
        }

        if (_entries.Values.All(entry => entry.Target is null))
        {
            // Nothing is left to serve; what could not be served stays in Faults.
            if (_process is not null || _old.Count > 0)
            {
                await EndUnneededAsync(cancellationToken);
            }

            return null;
        }

        _isUnwritten |= hasChanged;
        if (_isUnwritten && reason is null)
        {
            WriteFiles();
        }

        return reason;
    }

    private async Task<string?> TryChangeAsync(CellProcess process, MemberChanges changes, List<CellEntry> updated, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeAsync(process, changes, cancellationToken);
            foreach (var entry in updated)
            {
                entry.Served = entry.Target;
                _changed.Remove(entry.Id);
            }

            context.Metrics.ChangedMembers(changes.Count);
            return null;
        }
        catch (RuntimeException exception)
        {
            Log.CommandFailed(context.Logger, Number, exception.Message);
            return process.IsAlive ? "unexpected answer" : "process died";
        }
    }

    private async Task ChangeAsync(CellProcess process, MemberChanges changes, CancellationToken cancellationToken)
    {
        await SendAsync(process, [.. changes.Closed.SelectMany(MemberCommands.CloseListener)], cancellationToken);
        foreach (var (listener, certificateId) in changes.Certificates)
        {
            await ReplaceAsync(process, listener, certificateId, cancellationToken);
        }

        await RemoveAsync(process, changes.Removed, cancellationToken);
        changes.Revived.ForEach(Spare);
        await PinAsync(process, changes, cancellationToken);
        foreach (var (name, member, pool) in changes.Added)
        {
            _health.Set(name, MemberHealth.New(member, pool.Probe));
        }

        await SendAsync(process, [.. changes.Added.SelectMany(added => Commands(process, added.Name, added.Member, added.Pool))], cancellationToken);
        await SendAsync(process, [.. changes.Unpinned.Select(unpinned => PinCommands.Withdraw(unpinned.Pool, unpinned.Fingerprint))], cancellationToken);
        await SendAsync(process, [.. changes.Reweighted.Select(change => MemberCommands.Reweight(change.Name, change.Weight))], cancellationToken);
        foreach (var (name, member, pool) in changes.Added)
        {
            process.Servers.Add(name);
            context.Probes.Probe(this, name, member, pool.Probe);
        }

        foreach (var old in changes.Removed.Count > 0 ? _old.Where(old => old.IsAlive) : [])
        {
            await TryAsync(() => CutDueAsync(old, context.Clock.GetSteadyTime(), cancellationToken));
        }
    }

    private IEnumerable<string> Commands(CellProcess process, MemberName name, PlannedMember member, PlannedPool pool) =>
        process.Draining.TryRemove(name, out _)
            ? MemberCommands.Return(name, member, pool, context.Binary.Capabilities)
            : MemberCommands.Add(name, member, pool, context.Binary.Capabilities);

    private static async Task SendAsync(CellProcess process, IReadOnlyList<string> commands, CancellationToken cancellationToken) =>
        MemberCommands.Expect(commands, await process.Session.SendAsync(commands, cancellationToken));

    private async Task<IDisposable> TurnAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Turn(_gate);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
