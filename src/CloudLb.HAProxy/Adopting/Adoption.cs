using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Applied;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Drift;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.NextProcess;
using CloudLb.HAProxy.OldProcesses;
using CloudLb.HAProxy.Pinning;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Adopting;

/// <summary>How a cell finds its process again after CloudLb has been away. Used under the gate.</summary>
internal sealed class Adoption(
    CellContext context, MemberChecks checks, SlowStarts starts, MemberProofs proofs, DrainLimits limits, Ending ending,
    Composer composer, LoadBalancerTexts texts, CellFiles files, LifeWatch life)
{
    private CellDirectory Directory => context.Directory;

    /// <summary>
    /// Takes over the process that an earlier CloudLb left, with the plan that it serves; without one, the load balancers at least stay in
    /// this cell.
    /// </summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        if (AppliedFile.Read(Directory.Applied) is not var (applied, loadBalancers))
        {
            await ending.EndStraysAsync(cancellationToken);
            return;
        }

        context.State.Change(state => loadBalancers.Aggregate(state, (next, found) => next.With(CellEntry.Found(found))) with
        {
            Generation = applied.Generation,
        });
        try
        {
            await AdoptAsync(applied, cancellationToken);
        }
        catch (RuntimeException exception)
        {
            if (applied.ProcessId != 0)
            {
                CellLog.NotAdopted(context.Logger, context.Number, exception.Message);
            }

            starts.TakeUp(StoredHealth.Read(context, checks.Health, isRunning: false));
            await ending.EndHungAsync(applied.ProcessId, cancellationToken);
        }
    }

    private async Task AdoptAsync(AppliedProcess applied, CancellationToken cancellationToken)
    {
        var process = await ConnectAsync(applied, cancellationToken);
        StoredHealth.Read(context, checks.Health, isRunning: true);
        var configuration = await ReadConfigurationAsync(cancellationToken);
        process.Threads = context.Options.Threads is > 0 and var set
            ? set
            : GlobalSection.ThreadsIn(configuration) ?? composer.NextThreads;
        var servers = ServerStateText.Read(await process.Session.SendAsync(ServerStateText.Ask, cancellationToken)).ToList();
        process.Servers.UnionWith(servers.Select(server => server.Name));
        foreach (var served in context.State.Now.Served)
        {
            TakeOver(process, served);
        }

        checks.Observe(process, servers);
        starts.TakeUp(servers);
        foreach (var (_, name, member, pool) in context.State.Now.Served
            .SelectMany(served => served.CheckedMembers())
            .Where(active => checks.Health.Find(active.Name) is { IsUnproven: true }))
        {
            checks.Probe(name, member, pool.Probe);
        }

        // A CloudLb that was killed in the middle of a hand-over has left two that accept; those that finish already do not mind being told
        // again.
        foreach (var stray in ProcessList.Under(Directory.Root).Where(stray => stray != process.ProcessId))
        {
            NativeMethods.Signal(stray, NativeMethods.SignalUser1);
        }

        Directory.DeleteSockets(except: process.Generation);
        context.State.Change(state => state with { Process = process });
        files.PointTo(process);
        life.Watch(process);
        CellLog.Adopted(context.Logger, context.Number, process.ProcessId, process.Generation, context.State.Now.Entries.Count);
        if (ServerDrift.Find(context.State.Now, process, servers) is { } drift)
        {
            FoundDrift.Record(context, drift);
        }
        else if (composer.Compose(process.Generation, process.Threads).Text != configuration)
        {
            // Other settings, another version of CloudLb, or a crash between a change and its writing down.
            context.State.Change(state => state with { Drift = "settings changed" });
        }
        else if ((await WeightDrift.FindAsync(context.State.Now, process, cancellationToken)
            ?? await MapDrift.FindAsync(context.State.Now, process, texts, cancellationToken)) is { } changed)
        {
            // By hand, or a crash once more: no weight and no map stands in the configuration.
            FoundDrift.Record(context, changed);
        }
    }

    private async Task<CellProcess> ConnectAsync(AppliedProcess applied, CancellationToken cancellationToken)
    {
        var process = await CellProcess.ConnectAsync(
            Directory, applied.Generation, context.Options.CommandTimeout, context.Clock, cancellationToken);
        if (process.ProcessId != applied.ProcessId || !ProcessList.IsUnder(process.ProcessId, Directory.Root))
        {
            await process.LeaveAsync();
            throw new RuntimeException($"Process {process.ProcessId} answers, and {applied.ProcessId} was expected");
        }

        return process;
    }

    private Task<string> ReadConfigurationAsync(CancellationToken cancellationToken) =>
        File.Exists(Directory.Configuration) ? File.ReadAllTextAsync(Directory.Configuration, cancellationToken) : Task.FromResult("");

    private void TakeOver(CellProcess process, PlannedLoadBalancer served)
    {
        process.Bound.UnionWith(served.Endpoints());
        foreach (var (_, name, member, pool) in served.CheckedMembers())
        {
            checks.Health.Keep(name, member, pool.Probe);
        }

        process.Anchors.UnionWith(served.TrustAnchors());
        foreach (var guarded in served.GuardedMembers())
        {
            if (PinnedMember.CertificateOf(guarded.Member) is { } certificate)
            {
                proofs.Adopt(guarded, certificate);
            }
        }

        foreach (var (pool, member) in served.Pools.SelectMany(pool => pool.Members.Select(member => (pool, member))))
        {
            var name = MemberName.Of(served.Id, pool, member);
            if (member.DrainingUntil is { } until && process.Servers.Contains(name))
            {
                process.Draining[name] = new(limits.DeadlineOf(until), WasInService: true);
            }
        }
    }
}
