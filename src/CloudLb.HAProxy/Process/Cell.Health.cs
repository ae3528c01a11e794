using CloudLb.Core;
using CloudLb.HAProxy.Health;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.Status;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy.Process;

/// <summary>What the process tells of its members, and the one thing that is told back: a first pass.</summary>
internal sealed partial class Cell
{
    private string _stateText = "";

    /// <summary>Takes up what a process has told of its own accord. Never waits.</summary>
    public void Observe(HealthEvent told)
    {
        var (time, now) = (context.Clock.GetUtcNow(), context.Clock.GetSteadyTime());
        if (_health.Change(told.Member, health => health.With(told, time, now)) is { IsUnproven: true } && told.Kind == HealthEventKind.Passed)
        {
            context.Probes.BringIn(this, told.Member);
        }

        if (told.Kind is HealthEventKind.Failed or HealthEventKind.Down)
        {
            LookAgain(told.Member);
        }
    }

    /// <summary>The first probe of a member has failed.</summary>
    public void NoteFailure(MemberName name, CheckAnswer failure)
    {
        var now = context.Clock.GetSteadyTime();
        _health.Change(name, health => health.IsUnproven ? health with { FirstFailure = health.FirstFailure ?? now, FirstProbe = failure } : health);
    }

    /// <summary>Brings a member into service whose first pass was seen. Without a process, the next one begins with it.</summary>
    public async Task BringInAsync(MemberName name, CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        if (_health.Find(name) is not { IsUnproven: true })
        {
            return;
        }

        try
        {
            if (_process is { IsAlive: true } process)
            {
                await SendAsync(process, [MemberCommands.PassedCheck(name)], cancellationToken);
            }

            _health.Change(name, known => known.Proven(context.Clock.GetUtcNow()));
            WriteUnproven();
        }
        catch (RuntimeException exception)
        {
            Log.CommandFailed(context.Logger, Number, exception.Message);
        }
    }

    /// <summary>Reads all members' states: finds events that were lost, members that were changed by hand, and a process that hangs.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        if (_process is not { IsAlive: true } process)
        {
            return;
        }

        try
        {
            var servers = ServerStateText.Read(await process.Session.SendAsync("show servers state", cancellationToken)).ToList();
            Observe(servers);
            await LookForDriftAsync(process, servers, cancellationToken);
            WriteStateFile();
            await ReadTrafficAsync(cancellationToken);
        }
        catch (RuntimeException exception)
        {
            Log.CommandFailed(context.Logger, Number, exception.Message);
        }
    }

    private void Observe(IEnumerable<ServerState> servers)
    {
        var now = context.Clock.GetSteadyTime();
        foreach (var server in servers)
        {
            if (_health.Change(server.Name, health => health.With(server, now)) is { IsUnproven: true } && server.HasPassed == true)
            {
                context.Probes.BringIn(this, server.Name);
            }
        }
    }

    /// <summary>
    /// A pool that a load balancer gets besides or instead of one it has, because a listener or a setting came or went, has the same members, checked in the
    /// same way: what is known of them holds for it too, and nobody has to wait until they are checked once more.
    /// </summary>
    private void ShareHealth()
    {
        foreach (var entry in _entries.Values.Where(entry => entry.Served is not null && entry.Target is not null && entry.Target != entry.Served))
        {
            var served = ActiveMembers(entry.Served!).ToList();
            var names = served.Select(active => active.Name).ToHashSet();
            var byInstance = served.DistinctBy(active => active.Member.InstanceId).ToDictionary(active => active.Member.InstanceId);
            foreach (var (name, member, probe) in ActiveMembers(entry.Target!).Where(active => !names.Contains(active.Name)))
            {
                if (byInstance.TryGetValue(member.InstanceId, out var same)
                    && same.Probe == probe && same.Member.Address.Equals(member.Address) && _health.Find(same.Name) is { } health)
                {
                    _health.Set(name, health with { Port = member.Port });
                }
            }
        }
    }

    /// <summary>So that the next process begins where this one is, also after a crash.</summary>
    private void WriteStateFile()
    {
        var text = ServerStateText.Write(_entries.Values
            .Where(entry => entry.Target is not null)
            .OrderBy(entry => entry.Key)
            .SelectMany(entry => ActiveMembers(entry.Target!))
            .Select(active => (_health.StateOf(active.Name, active.Member), active.Probe.Rise, active.Probe.Fall)));
        if (text != _stateText || !File.Exists(directory.StateFile))
        {
            PrivateFile.Write(directory.StateFile, text, isDurable: false);
            _stateText = text;
        }

        File.SetLastWriteTimeUtc(directory.StateFile, context.Clock.GetUtcNow().UtcDateTime);
    }
}
