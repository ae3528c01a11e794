using System.Net;
using CloudLb.HAProxy.Health;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using Microsoft.Extensions.Logging;

namespace CloudLb.HAProxy.Process;

/// <summary>How a cell finds its process again, looks after it, and ends or leaves it.</summary>
internal sealed partial class Cell
{
    // What was known longer ago says little; members are then checked like new ones, which takes milliseconds.
    private static readonly TimeSpan StateAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan KillWait = TimeSpan.FromSeconds(5);

    // After some processes that ended as soon as this the next one waits, lest nothing else gets done; TendAsync asks for it then.
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);
    private const int ShortLivesAllowed = 3;
    private static readonly TimeSpan KillPause = TimeSpan.FromMilliseconds(5);

    private DateTimeOffset _startedAt;
    private int _shortLives;

    /// <summary>Takes over the process that an earlier CloudLb left, with the plan that it serves; without one, the load balancers at least stay in this cell.</summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        if (AppliedFile.Read(directory.Applied) is not var (applied, loadBalancers))
        {
            await EndStraysAsync(null, cancellationToken);
            return;
        }

        _generation = applied.Generation;
        foreach (var loadBalancer in loadBalancers)
        {
            _entries[loadBalancer.Key] = new CellEntry(loadBalancer.Key) { Planned = loadBalancer, Served = loadBalancer, Target = loadBalancer };
        }

        try
        {
            await AdoptAsync(applied, cancellationToken);
        }
        catch (RuntimeException exception)
        {
            if (applied.ProcessId != 0)
            {
                Log.NotAdopted(context.Logger, Number, exception.Message);
            }

            ReadHealth(isRunning: false);
            await EndStraysAsync(applied.ProcessId, cancellationToken);
        }
    }

    /// <summary>Cuts what has drained for long enough and lets go of old processes that have finished. Called a few times a second.</summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        if (_process is { IsAlive: false } && context.Clock.GetUtcNow() - _startedAt > ShortestLife)
        {
            context.Changes.Raise();
        }

        if (_old.Count == 0 && _process is not { Draining.Count: > 0 })
        {
            return;
        }

        using var turn = await TurnAsync(cancellationToken);
        var now = context.Clock.GetUtcNow();
        if (_process is { IsAlive: true } process)
        {
            foreach (var (name, until) in process.Draining.ToList())
            {
                await TryAsync(() => TryDeleteAsync(process, name, isCut: now >= until, cancellationToken));
            }
        }

        foreach (var old in _old.ToList())
        {
            var due = old.Draining.Where(draining => now >= draining.Value).Select(draining => draining.Key).ToList();
            await TryAsync(async () =>
            {
                if (due.Count > 0)
                {
                    await old.CutSessionsAsync(due, cancellationToken);
                    due.ForEach(name => old.Draining.Remove(name));
                }

                if (!await old.HasConnectionsAsync(cancellationToken))
                {
                    await old.DisposeAsync();
                }
            });
            if (!old.IsAlive)
            {
                await old.DisposeAsync();
                _old.Remove(old);
            }
        }
    }

    /// <summary>Ends all processes of the cell.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        await EndAsync(cancellationToken);
    }

    /// <summary>Lets the processes go on by themselves.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        var processes = _old.Append(_process).OfType<CellProcess>().ToList();
        _process = null;
        foreach (var process in processes)
        {
            await process.LeaveAsync();
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        var processes = _old.Append(_process).OfType<CellProcess>().ToList();
        _process = null;
        _old.Clear();
        foreach (var process in processes)
        {
            if (ProcessList.IsUnder(process.ProcessId, directory.Root))
            {
                NativeMethods.Signal(process.ProcessId, NativeMethods.SignalEnd);
            }

            await process.DisposeAsync();
        }

        await EndStraysAsync(null, cancellationToken);
        foreach (var entry in _entries.Values)
        {
            entry.Served = null;
        }

        WriteFiles();
    }

    private async Task AdoptAsync(AppliedProcess applied, CancellationToken cancellationToken)
    {
        var process = await CellProcess.ConnectAsync(
            directory.CommandSocket(applied.Generation), applied.Generation, context.Options.Value.CommandTimeout, context.Clock, cancellationToken);
        if (process.ProcessId != applied.ProcessId || !ProcessList.IsUnder(process.ProcessId, directory.Root))
        {
            await process.LeaveAsync();
            throw new RuntimeException($"Process {process.ProcessId} answers, and {applied.ProcessId} was expected");
        }

        ReadHealth(isRunning: true);
        var servers = ServerStateText.Read(await process.Session.SendAsync("show servers state", cancellationToken)).ToList();
        process.Servers.UnionWith(servers.Select(server => server.Name));
        foreach (var entry in _entries.Values)
        {
            process.Bound.UnionWith(entry.Served!.Listeners.Select(listener => new IPEndPoint(entry.Served.Address, listener.Port)));
            foreach (var (name, member, probe) in ActiveMembers(entry.Served))
            {
                _health.TryAdd(name, MemberHealth.New(member, probe));
            }

            foreach (var (pool, member) in entry.Served.Pools.SelectMany(pool => pool.Members.Select(member => (pool, member))))
            {
                var name = new MemberName(ProxyName.OfPool(entry.Key, pool.Name), member.InstanceId);
                if (member.DrainingUntil is { } until && process.Servers.Contains(name))
                {
                    process.Draining[name] = until;
                }
            }
        }

        Observe(servers);
        foreach (var (name, member, probe) in _entries.Values.SelectMany(entry => ActiveMembers(entry.Served!)).Where(active => _health[active.Name].IsUnproven))
        {
            context.Probes.Probe(this, name, member, probe);
        }

        // A CloudLb that was killed in the middle of a hand-over has left two that accept; those that finish already do not mind being told again.
        foreach (var stray in ProcessList.Under(directory.Root).Where(stray => stray != process.ProcessId))
        {
            NativeMethods.Signal(stray, NativeMethods.SignalUser1);
        }

        _process = process;
        Watch(process);
        Log.Adopted(context.Logger, Number, process.ProcessId, process.Generation, _entries.Count);
        if (DriftIn(process, servers) is { } drift)
        {
            Log.Drifted(context.Logger, Number, drift);
            _drift = "drift";
        }
        else if (Compose(directory.CommandSocket(process.Generation)).Text != await ReadConfigurationAsync(cancellationToken))
        {
            // Other settings, another version of CloudLb, or a crash between a change and its writing down.
            _drift = "settings changed";
        }
    }

    private Task<string> ReadConfigurationAsync(CancellationToken cancellationToken) =>
        File.Exists(directory.Configuration) ? File.ReadAllTextAsync(directory.Configuration, cancellationToken) : Task.FromResult("");

    /// <summary>Ends processes of this cell that nobody can speak to any more: at once the one that hangs, the others when they have finished.</summary>
    private async Task EndStraysAsync(int? hung, CancellationToken cancellationToken)
    {
        foreach (var processId in ProcessList.Under(directory.Root))
        {
            if (processId == hung || hung is null)
            {
                await KillAsync(processId, hung is null ? context.Options.Value.StopTimeout : TimeSpan.Zero, cancellationToken);
            }
            else
            {
                NativeMethods.Signal(processId, NativeMethods.SignalUser1);
            }
        }

        directory.DeleteSockets();
    }

    private async Task KillAsync(int processId, TimeSpan wait, CancellationToken cancellationToken)
    {
        NativeMethods.Signal(processId, NativeMethods.SignalEnd);
        for (var since = context.Clock.GetTimestamp(); ProcessList.IsUnder(processId, directory.Root);)
        {
            var elapsed = context.Clock.GetElapsedTime(since);
            if (elapsed > wait + KillWait)
            {
                throw new HAProxyException($"The HAProxy process {processId} does not end, not even by SIGKILL.");
            }

            if (elapsed >= wait)
            {
                NativeMethods.Signal(processId, NativeMethods.SignalKill);
            }

            await Task.Delay(KillPause, context.Clock, cancellationToken);
        }
    }

    private void Watch(CellProcess process) => process.Session.Closed.Register(() =>
    {
        if (!ReferenceEquals(_process, process))
        {
            return;
        }

        Log.Died(context.Logger, Number, process.ProcessId);
        _shortLives = context.Clock.GetUtcNow() - _startedAt < ShortestLife ? _shortLives + 1 : 0;
        if (_shortLives < ShortLivesAllowed)
        {
            context.Changes.Raise();
        }
    });

    /// <summary>What was known of the members: of those that a process still runs with, all that are not listed as unproven have passed a check.</summary>
    private void ReadHealth(bool isRunning)
    {
        var unproven = File.Exists(directory.Unproven) ? File.ReadAllLines(directory.Unproven).ToHashSet() : [];
        var isFresh = File.Exists(directory.StateFile) && context.Clock.GetUtcNow() - File.GetLastWriteTimeUtc(directory.StateFile) < StateAge;
        var states = isFresh ? ServerStateText.Read(File.ReadAllText(directory.StateFile)).ToDictionary(state => state.Name) : [];
        foreach (var (name, member, probe) in _entries.Values.SelectMany(entry => ActiveMembers(entry.Served!)))
        {
            var state = states.GetValueOrDefault(name);
            if (!unproven.Contains(name.ToString()) && (isRunning || state is { IsSeen: true }))
            {
                _health[name] = MemberHealth.New(member, probe) with { IsUnproven = false, IsUp = state?.IsUp ?? false };
            }
        }
    }

    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (RuntimeException exception)
        {
            Log.CommandFailed(context.Logger, Number, exception.Message);
        }
    }

    /// <summary>In step with what runs, so that a start without CloudLb serves the same. Not waited for to reach the disk: all of it can be made again.</summary>
    private void WriteFiles()
    {
        _isUnwritten = true;
        var served = _entries.Values.Where(entry => entry.Served is not null).OrderBy(entry => entry.Key).ToList();
        if (_process is { } process)
        {
            PrivateFile.Write(directory.Configuration, Compose(directory.CommandSocket(process.Generation)).Text, isDurable: false);
        }

        AppliedFile.Write(directory.Applied, new AppliedProcess(_generation, _process?.ProcessId ?? 0), served.Select(entry => entry.Line(entry.Served!)));
        WriteUnproven();
        _isUnwritten = false;
    }

    private void WriteUnproven() =>
        PrivateFile.Write(directory.Unproven, string.Concat(_health.Where(pair => pair.Value.IsUnproven).Select(pair => $"{pair.Key}\n")), isDurable: false);
}
