using System.Collections.Concurrent;
using CloudLb.Core;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>What the process tells of its members, and the one thing that is told back: a first pass.</summary>
internal sealed partial class Cell
{
    // Members whose first pass was seen, or whose checks say what the process may not find by itself.
    private readonly ConcurrentQueue<(MemberName Name, bool IsFirstPass)> _noted = new();

    /// <summary>Takes up what a process has told of its own accord. Never waits.</summary>
    public void Observe(HealthEvent told)
    {
        var (time, now) = (context.Clock.GetUtcNow(), context.Clock.GetSteadyTime());
        var health = Change(told.Member, health => health.With(told, time, now));
        if (health is { IsUnproven: true } && told.Kind == HealthEventKind.Passed)
        {
            NotePass(told.Member);
        }
        else if (health is { Verdict: not null })
        {
            Note(told.Member, isFirstPass: false);
        }

        if (told.Kind is HealthEventKind.Failed or HealthEventKind.Down)
        {
            LookAgain(told.Member);
        }
    }

    /// <summary>The first pass of a member was seen: it is brought into service soon. Never waits.</summary>
    public void NotePass(MemberName name) => Note(name, isFirstPass: true);

    /// <summary>The first probe of a member has failed.</summary>
    public void NoteFailure(MemberName name, CheckAnswer failure)
    {
        var now = context.Clock.GetSteadyTime();
        _health.Change(name, health => health.IsUnproven ? health with { FirstFailure = health.FirstFailure ?? now, FirstProbe = failure } : health);
    }

    /// <summary>
    /// Tells the process what it cannot know of its members: the first pass, which is enough, and what results in earlier processes add up to. All that have
    /// come together: after a start they are thousands. Without a process, the next one begins with them.
    /// </summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (!_noted.IsEmpty)
        {
            await TellNotedAsync(cancellationToken);
        }

        await CloseFailedAsync(cancellationToken);
    }

    private async Task TellNotedAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        var names = new Dictionary<MemberName, bool>();
        while (_noted.TryDequeue(out var noted))
        {
            if (_health.Find(noted.Name) is { } health && (health.IsUnproven && noted.IsFirstPass ? true : health.Verdict) is { } isUp)
            {
                names[noted.Name] = isUp;
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
                await SendAsync(process, [.. names.Select(told => MemberCommands.Decide(told.Key, told.Value))], cancellationToken);
            }

            var (time, now) = (context.Clock.GetUtcNow(), context.Clock.GetSteadyTime());
            foreach (var (name, isUp) in names)
            {
                Change(name, known => known.With(new HealthEvent(name, isUp ? HealthEventKind.Up : HealthEventKind.Down, 0, isUp), time, now));
            }

            WriteUnproven();
        }
        catch (RuntimeException exception)
        {
            Log.CommandFailed(context.Logger, Number, exception.Message);
        }
    }

    private void Note(MemberName name, bool isFirstPass)
    {
        _noted.Enqueue((name, isFirstPass));
        context.Probes.Tell(this);
    }

    private void Observe(CellProcess process, IEnumerable<ServerState> servers)
    {
        var now = context.Clock.GetSteadyTime();
        foreach (var server in servers)
        {
            if (Change(server.Name, health => health.With(server, process.Begun, now)) is { IsUnproven: true } && server.HasPassed == true)
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
            var byTarget = served.DistinctBy(active => active.Member.Target).ToDictionary(active => active.Member.Target);
            foreach (var (name, member, probe) in ActiveMembers(entry.Target!).Where(active => !names.Contains(active.Name)))
            {
                if (byTarget.TryGetValue(member.Target, out var same)
                    && probe.Port is not null && same.Probe == probe && same.Member.Address.Equals(member.Address) && _health.Find(same.Name) is { } health)
                {
                    _health.Set(name, health with { Port = member.Port });
                }
            }
        }
    }
}
