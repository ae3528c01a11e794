using System.Collections.Concurrent;
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
    // Members whose first pass was seen, on their way into service.
    private readonly ConcurrentQueue<MemberName> _passed = new();

    private string _stateText = "";

    /// <summary>Takes up what a process has told of its own accord. Never waits.</summary>
    public void Observe(HealthEvent told)
    {
        var (time, now) = (context.Clock.GetUtcNow(), context.Clock.GetSteadyTime());
        if (_health.Change(told.Member, health => health.With(told, time, now)) is { IsUnproven: true } && told.Kind == HealthEventKind.Passed)
        {
            NotePass(told.Member);
        }

        if (told.Kind is HealthEventKind.Failed or HealthEventKind.Down)
        {
            LookAgain(told.Member);
        }
    }

    /// <summary>The first pass of a member was seen: it is brought into service soon. Never waits.</summary>
    public void NotePass(MemberName name)
    {
        _passed.Enqueue(name);
        context.Probes.BringIn(this);
    }

    /// <summary>The first probe of a member has failed.</summary>
    public void NoteFailure(MemberName name, CheckAnswer failure)
    {
        var now = context.Clock.GetSteadyTime();
        _health.Change(name, health => health.IsUnproven ? health with { FirstFailure = health.FirstFailure ?? now, FirstProbe = failure } : health);
    }

    /// <summary>
    /// Brings members into service whose first pass was seen, all that have come together: after a start they are thousands. Without a process, the next
    /// one begins with them.
    /// </summary>
    public async Task BringInAsync(CancellationToken cancellationToken)
    {
        if (_passed.IsEmpty)
        {
            return;
        }

        using var turn = await TurnAsync(cancellationToken);
        var names = new List<MemberName>();
        while (_passed.TryDequeue(out var name))
        {
            if (_health.Find(name) is { IsUnproven: true })
            {
                names.Add(name);
            }
        }

        if (names.Count == 0)
        {
            return;
        }

        try
        {
            if (_process is { IsAlive: true } process)
            {
                await SendAsync(process, [.. names.Distinct().Select(MemberCommands.PassedCheck)], cancellationToken);
            }

            names.ForEach(name => _health.Change(name, known => known.Proven(context.Clock.GetUtcNow())));
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
                NotePass(server.Name);
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
