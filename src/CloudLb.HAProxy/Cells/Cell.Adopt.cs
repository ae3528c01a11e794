using System.Net;
using CloudLb.HAProxy.Applied;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>How a cell finds its process again after CloudLb has been away.</summary>
internal sealed partial class Cell
{
    // What was known longer ago says little; members are then checked like new ones, which takes milliseconds.
    private static readonly TimeSpan StateAge = TimeSpan.FromMinutes(1);

    /// <summary>Takes over the process that an earlier CloudLb left, with the plan that it serves; without one, the load balancers at least stay in this cell.</summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        Traffic.Load();
        if (AppliedFile.Read(directory.Applied) is not var (applied, loadBalancers))
        {
            await EndStraysAsync(cancellationToken);
            return;
        }

        _generation = applied.Generation;
        foreach (var loadBalancer in loadBalancers)
        {
            _entries[loadBalancer.Id] = new CellEntry(loadBalancer.Id) { Planned = loadBalancer, Served = loadBalancer, Target = loadBalancer };
        }

        _count = _entries.Count;

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

    private async Task AdoptAsync(AppliedProcess applied, CancellationToken cancellationToken)
    {
        var process = await CellProcess.ConnectAsync(
            directory, applied.Generation, context.Options.Value.CommandTimeout, context.Clock, cancellationToken);
        if (process.ProcessId != applied.ProcessId || !ProcessList.IsUnder(process.ProcessId, directory.Root))
        {
            await process.LeaveAsync();
            throw new RuntimeException($"Process {process.ProcessId} answers, and {applied.ProcessId} was expected");
        }

        ReadHealth(isRunning: true);
        var configuration = await ReadConfigurationAsync(cancellationToken);
        process.Threads = context.Options.Value.Threads is > 0 and var set ? set : CommonSections.ThreadsIn(configuration) ?? NextThreads;
        var servers = ServerStateText.Read(await process.Session.SendAsync(AskForStates, cancellationToken)).ToList();
        process.Servers.UnionWith(servers.Select(server => server.Name));
        foreach (var entry in _entries.Values)
        {
            var adopted = entry.Served!;
            process.Bound.UnionWith(adopted.Endpoints());
            foreach (var (name, member, probe) in ActiveMembers(adopted))
            {
                _health.Keep(name, member, probe);
            }

            process.Anchors.UnionWith(AnchorsOf(adopted));
            foreach (var guarded in Guarded(adopted))
            {
                if (PinnedMember.CertificateOf(guarded.Member) is not { } certificate)
                {
                    continue;
                }

                _proofs[guarded.Name] = MemberProof.Of(guarded.Member, certificate);
                _ = Look(guarded.Key, guarded.Name, guarded.Member, guarded.Pool);
            }

            foreach (var (pool, member) in adopted.Pools.SelectMany(pool => pool.Members.Select(member => (pool, member))))
            {
                var name = MemberName.Of(entry.Id, pool, member);
                if (member.DrainingUntil is { } until && process.Servers.Contains(name))
                {
                    process.Draining[name] = new(DeadlineOf(until), WasInService: true);
                }
            }
        }

        Observe(process, servers);
        foreach (var (name, member, probe) in _entries.Values.SelectMany(entry => ActiveMembers(entry.Served!)).Where(active => _health.Find(active.Name) is { IsUnproven: true }))
        {
            context.Probes.Probe(this, name, member, probe);
        }

        // A CloudLb that was killed in the middle of a hand-over has left two that accept; those that finish already do not mind being told again.
        foreach (var stray in ProcessList.Under(directory.Root).Where(stray => stray != process.ProcessId))
        {
            NativeMethods.Signal(stray, NativeMethods.SignalUser1);
        }

        directory.DeleteSockets(except: process.Generation);
        _process = process;
        _passOn.PointTo(process.Generation);
        Watch(process);
        Log.Adopted(context.Logger, Number, process.ProcessId, process.Generation, _entries.Count);
        if (DriftIn(process, servers) is { } drift)
        {
            Log.Drifted(context.Logger, Number, drift);
            _drift = "drift";
        }
        else if (Compose(process.Generation, process.Threads).Text != configuration)
        {
            // Other settings, another version of CloudLb, or a crash between a change and its writing down.
            _drift = "settings changed";
        }
    }

    private Task<string> ReadConfigurationAsync(CancellationToken cancellationToken) =>
        File.Exists(directory.Configuration) ? File.ReadAllTextAsync(directory.Configuration, cancellationToken) : Task.FromResult("");

    /// <summary>What was known of the members: of those that a process still runs with, all that are not listed as unproven have passed a check.</summary>
    private void ReadHealth(bool isRunning)
    {
        var unproven = File.Exists(directory.Unproven) ? File.ReadAllLines(directory.Unproven).ToHashSet() : [];
        var isFresh = File.Exists(directory.StateFile) && context.Clock.GetUtcNow() - File.GetLastWriteTimeUtc(directory.StateFile) < StateAge;
        var states = isFresh ? ServerStateText.Read(File.ReadAllText(directory.StateFile)).DistinctBy(state => state.Name).ToDictionary(state => state.Name) : [];
        foreach (var (name, member, probe) in _entries.Values.SelectMany(entry => ActiveMembers(entry.Served!)))
        {
            var state = states.GetValueOrDefault(name);
            if (!unproven.Contains(name.ToString()) && (isRunning || state is { IsSeen: true }))
            {
                _health.Set(name, MemberHealth.New(member, probe) with { IsUnproven = false, IsUp = state?.IsUp ?? false });
            }
        }
    }
}
