using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy.AccessLog;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy.Cells;

/// <summary>Starting the next process, and giving the sockets over to it.</summary>
internal sealed partial class Cell
{
    // Every attempt leaves out all that HAProxy named; what is found only after the rest is cured takes another.
    private const int StartAttempts = 6;

    /// <summary>
    /// Starts a new process with the sockets of the one before and lets that finish what it has. The old one has not noticed anything while the new one
    /// has not said that it accepts.
    /// </summary>
    public async Task HandOverAsync(string reason, CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        _revision++;
        var started = context.Clock.GetTimestamp();
        try
        {
            var before = await ReachableAsync(cancellationToken);
            ShareHealth();
            await context.Binary.ProbeAsync(cancellationToken);

            // What has been started must be known, or it stays behind: a stop waits for it, as it waits for nothing longer than the timeouts in it.
            var process = await StartAsync(before, CancellationToken.None);
            if (process is null)
            {
                // It died after it last answered: there is nothing to take over, and nothing to wait for.
                await GiveUpAsync(before!, CancellationToken.None);
                before = null;
                process = await StartAsync(before, CancellationToken.None) ?? throw new HAProxyException("HAProxy asks for the sockets of a process although it was given none.");
            }

            await SwitchAsync(before, process, CancellationToken.None);
            _drift = null;
            var duration = context.Clock.GetElapsedTime(started);
            context.Metrics.HandedOver(reason, succeeded: true, duration);
            Log.HandedOver(context.Logger, Number, reason, process.ProcessId, process.Generation, _entries.Values.Count(entry => entry.Served is not null), duration.TotalMilliseconds);
        }
        catch (Exception exception) when (exception is HAProxyException or RuntimeException or IOException)
        {
            context.Metrics.HandedOver(reason, succeeded: false, context.Clock.GetElapsedTime(started));
            foreach (var entry in _entries.Values.Where(entry => entry.Planned is not null && entry.Target != entry.Served))
            {
                Tell(entry, [.. entry.Faults, new PlanFault(entry.Id, null, exception.Message)]);
            }

            CollectFaults();

            throw;
        }
    }

    /// <summary>The running process with its members' states read; null when there is none, or none that answers, which is ended for good.</summary>
    private async Task<CellProcess?> ReachableAsync(CancellationToken cancellationToken)
    {
        if (_process is not { } process)
        {
            return null;
        }

        try
        {
            if (process.IsAlive)
            {
                Observe(process, ServerStateText.Read(await process.Session.SendAsync(AskForStates, cancellationToken)));
                return process;
            }
        }
        catch (RuntimeException)
        {
            // It hangs: what follows is the same as for one whose session has ended.
        }

        await GiveUpAsync(process, cancellationToken);
        return null;
    }

    /// <summary>Ends a process for good that is dead or as good as that.</summary>
    private async Task GiveUpAsync(CellProcess process, CancellationToken cancellationToken)
    {
        _process = null;
        await EndSilentAsync(process, cancellationToken);

        // Its sockets are gone with it, so every bind is a new one.
        foreach (var entry in _entries.Values)
        {
            Examine(entry);
        }
    }

    /// <summary>The new process; null when the one before has died, so that its sockets cannot be taken over.</summary>
    private async Task<CellProcess?> StartAsync(CellProcess? before, CancellationToken cancellationToken)
    {
        var generation = ++_generation;
        var threads = NextThreads;

        // Where somebody has deleted the socket, HAProxy would refuse to start; without it the new process binds beside the old one.
        var source = before is not null && File.Exists(directory.CommandSocket(before.Generation)) ? directory.CommandSocket(before.Generation) : null;
        context.Directory.Restore();
        WriteCertificates();
        for (var attempt = 1; ; attempt++)
        {
            var configuration = Compose(generation, threads, isNext: true);
            var targets = _entries.Values.Select(entry => entry.Target).OfType<PlannedLoadBalancer>().ToList();
            _passOn.Write(targets);
            _pins.Write(targets);
            PrivateFile.Write(directory.NextConfiguration, configuration.Text, isDurable: false);
            var begun = context.Clock.GetSteadyTime();
            var uptime = ProcessList.Uptime;
            WriteStateFile();

            // Held open until the process has it too, so that its reader never takes it for that of a process that has ended.
            using var log = _entries.Values.Any(entry => entry.Target is { IsLogged: true })
                ? NewLogFiles.Create(directory.AccessLogs, generation, threads)
                : NewLogFiles.None;
            var (exitCode, text) = await context.Binary.RunAsync(
                ["-D", "-p", directory.ProcessIdFile, "-f", directory.NextConfiguration, .. source is null ? (string[])[] : ["-x", source]],
                log,
                cancellationToken);
            if (exitCode == 0)
            {
                if ((before is not null && source is null) || IsWithoutSockets(text))
                {
                    Log.SocketsNotTaken(context.Logger, Number);
                }

                var process = await ConnectAsync(generation, cancellationToken);
                (process.Begun, process.Threads) = (begun, threads);
                return process;
            }

            await EndBegunAsync(since: uptime, cancellationToken);
            if (source is not null && IsWithoutSockets(text))
            {
                if (!await AnswersAsync(before!, cancellationToken))
                {
                    return null;
                }

                if (attempt < StartAttempts)
                {
                    continue;
                }

                throw new HAProxyException($"The HAProxy process {before!.ProcessId} does not give its sockets to the next one. {text.Trim()}");
            }

            directory.KeepRefused();
            if (!text.Contains("[ALERT]", StringComparison.Ordinal))
            {
                throw new HAProxyException($"HAProxy ended with code {exitCode} while it started. {text.Trim()}".Trim());
            }

            var faults = StartFaults.Read(text, configuration);
            if (faults.Shared.Count > 0 || attempt == StartAttempts)
            {
                var advice = context.Options.Value.GlobalText.Length > 0 ? "; check CloudLb:HAProxy:GlobalText" : "";
                throw new HAProxyException(
                    $"HAProxy refuses the configuration ({directory.RefusedConfiguration}){advice}. It says: {string.Join("; ", faults.Shared)}");
            }

            LeaveOut(faults.OfLoadBalancers);
        }
    }

    /// <summary>Whether it could not take over the sockets of the process before: that is no fault of its configuration.</summary>
    private static bool IsWithoutSockets(string text) => text.Contains("Failed to get the sockets", StringComparison.Ordinal);

    private static async Task<bool> AnswersAsync(CellProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await process.Session.SendAsync("show version", cancellationToken);
            return true;
        }
        catch (RuntimeException)
        {
            return false;
        }
    }

    private async Task<CellProcess> ConnectAsync(long generation, CancellationToken cancellationToken)
    {
        try
        {
            var process = await CellProcess.ConnectAsync(directory, generation, context.Options.Value.CommandTimeout, context.Clock, cancellationToken);
            _startedAt = context.Clock.GetSteadyTime();
            return process;
        }
        catch
        {
            // It runs and nobody could tell it anything: beside the old one it would take half of the connections.
            if (int.TryParse(await File.ReadAllTextAsync(directory.ProcessIdFile, CancellationToken.None), out var stray) && ProcessList.IsUnder(stray, directory.Root))
            {
                NativeMethods.Signal(stray, NativeMethods.SignalKill);
            }

            throw;
        }
    }

    private void LeaveOut(IReadOnlyList<PlanFault> faults)
    {
        foreach (var ofOne in faults.GroupBy(fault => fault.LoadBalancer))
        {
            var entry = _entries[ofOne.Key];
            if (entry.Target == entry.Served)
            {
                // Even what was served is refused now; without a running process there is nothing to keep.
                entry.Served = null;
            }

            var known = entry.Refused is { } refused && refused.Of == entry.Planned ? refused.Faults : [];
            entry.Refused = (entry.Planned!, [.. known, .. ofOne.DistinctBy(fault => fault.Port)], context.Clock.GetSteadyTime());
            Examine(entry);
        }
    }

    private async Task SwitchAsync(CellProcess? before, CellProcess process, CancellationToken cancellationToken)
    {
        _process = process;
        Watch(process);
        if (before is not null)
        {
            await ShutOutAsync(before, cancellationToken);
            _old = _old.Add(before);
        }

        var active = new HashSet<MemberName>();
        foreach (var entry in _entries.Values)
        {
            foreach (var (name, member, probe) in entry.Target is null ? [] : ActiveMembers(entry.Target))
            {
                active.Add(name);
                process.Servers.Add(name);
                if (_health.Keep(name, member, probe).IsUnproven)
                {
                    context.Probes.Probe(this, name, member, probe);
                }
            }

            process.Anchors.UnionWith(AnchorsOf(entry.Target));
            process.Bound.UnionWith(entry.Target?.Endpoints() ?? []);
            LetGo(entry, active);
            entry.Served = entry.Target;
            _changed.Remove(entry.Id);
        }

        _health.RemoveAllBut(active);
        try
        {
            WriteFiles();
        }
        finally
        {
            // Not before it is written down which one serves: a CloudLb that is killed here is followed by one that finds a process that accepts.
            if (before is not null)
            {
                NativeMethods.Signal(before.ProcessId, NativeMethods.SignalUser1);
            }
        }

        await FinishAsync(null, hasChanged: false, cancellationToken);
    }

    /// <summary>What the next process does not have, the old ones finish until the time that the plan gives, or cut at once.</summary>
    private void LetGo(CellEntry entry, HashSet<MemberName> active)
    {
        foreach (var pool in entry.Served?.Pools ?? [])
        {
            var next = entry.Target?.Pools.FirstOrDefault(other => other.Name == pool.Name);
            foreach (var member in pool.Members)
            {
                var name = MemberName.Of(entry.Id, pool, member);
                var nextMember = next?.FindMember(member.Id);
                if (member.DrainingUntil is not null && nextMember is { DrainingUntil: null } && nextMember.Address.Equals(member.Address))
                {
                    Spare(name);
                }
                else if (!active.Contains(name) && !IsServedElsewhere(entry.Target, member) && !MemberChanges.DrainsOn(member, nextMember, next))
                {
                    var limit = LimitOf(name, nextMember?.DrainingUntil);
                    _old.ForEach(old => old.Draining[name] = limit);
                }
            }
        }
    }

    /// <summary>The listeners that used the pool use another of the same member now, so what the old processes have of it may end in its own time.</summary>
    private static bool IsServedElsewhere(PlannedLoadBalancer? next, PlannedMember member) =>
        next?.Pools.Any(pool => pool.Members.Contains(member)) == true && member.DrainingUntil is null;

    private static IEnumerable<(MemberName Name, PlannedMember Member, PlannedProbe Probe)> ActiveMembers(PlannedLoadBalancer loadBalancer) =>
        loadBalancer.Pools.SelectMany(pool => pool.Members
            .Where(member => member.DrainingUntil is null)
            .Select(member => (MemberName.Of(loadBalancer.Id, pool, member), member, pool.Probe)));
}
