using System.Collections.Concurrent;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// What the checks of a cell's members have shown, and what of that its process must be told: a first pass, and what it cannot count.
/// Whatever never waits may be called from any thread.
/// </summary>
internal sealed class MemberChecks(CellContext context, ProbeQueue queue)
{
    // Members whose first pass was seen, or whose checks say what the process may not find by itself.
    private readonly ConcurrentQueue<(MemberName Name, bool IsFirstPass)> _noted = new();

    // Members that have just gone out of service.
    private readonly ConcurrentQueue<MemberName> _failed = new();

    private readonly WrittenFiles _files = new();
    private string? _unproven;

    public HealthTable Health { get; } = new();

    /// <summary>Whether the process is to be told something.</summary>
    public bool HasNoted => !_noted.IsEmpty;

    public bool HasFailed => !_failed.IsEmpty;

    /// <summary>Takes up what a process has told of its own accord. Never waits.</summary>
    public void Observe(HealthEvent told)
    {
        var (time, now) = (context.Clock.GetUtcNow(), context.Now);
        var health = Change(told.Member, health => health.With(told, time, now));
        if (health is { IsUnproven: true } && told.Kind == HealthEventKind.Passed)
        {
            NotePass(told.Member);
        }
        else if (health is { Verdict: not null })
        {
            Note(told.Member, isFirstPass: false);
        }
    }

    /// <summary>Takes up the states that a process has told when it was asked.</summary>
    public void Observe(CellProcess process, IEnumerable<ServerState> servers)
    {
        var now = context.Now;
        foreach (var server in servers)
        {
            if (Change(server.Name, health => health.With(server, process.Begun, now)) is { IsUnproven: true } && server.HasPassed == true)
            {
                NotePass(server.Name);
            }
        }
    }

    /// <summary>Has a member probed that has not passed a check yet. Never waits.</summary>
    public void Probe(MemberName name, PlannedMember member, PlannedProbe probe)
    {
        var now = context.Now;
        Health.Change(name, health => health.IsUnproven ? health with { ProbedAt = now } : health);
        queue.Probe(new(this, name, member, probe));
    }

    /// <summary>The first pass of a member was seen: it is brought into service soon. Never waits.</summary>
    public void NotePass(MemberName name) => Note(name, isFirstPass: true);

    /// <summary>The first probe of a member has failed. Never waits.</summary>
    public void NoteFailure(MemberName name, CheckAnswer failure)
    {
        var now = context.Now;
        Health.Change(name, health => health.IsUnproven
            ? health with { FirstFailure = health.FirstFailure ?? now, FirstProbe = failure }
            : health);
    }

    /// <summary>
    /// Tells the process what it cannot know of its members: the first pass, which is enough, and what results in earlier processes add up
    /// to. All that have come together: after a start they are thousands. Without a process, the next one begins with them. Called under
    /// the gate.
    /// </summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var names = TakeNoted();
        if (names.Count == 0)
        {
            return;
        }

        try
        {
            if (context.State.Now.Running is { } process)
            {
                await MemberCommands.SendAsync(
                    process.Session, [.. names.Select(told => MemberCommands.Decide(told.Key, told.Value))], cancellationToken);
            }

            var (time, now) = (context.Clock.GetUtcNow(), context.Now);
            foreach (var (name, isUp) in names)
            {
                var kind = isUp ? HealthEventKind.Up : HealthEventKind.Down;
                Change(name, known => known.With(new HealthEvent(name, kind, 0, isUp), time, now));
            }

            WriteUnproven();
        }
        catch (RuntimeException exception)
        {
            CellLog.CommandFailed(context.Logger, context.Number, exception.Message);
        }
    }

    /// <summary>Those that have failed since they were last asked for.</summary>
    public HashSet<MemberName> TakeFailed()
    {
        var names = new HashSet<MemberName>();
        while (_failed.TryDequeue(out var name))
        {
            names.Add(name);
        }

        return names;
    }

    /// <summary>Writes down who has not passed a check yet, unless that stands there. Called under the gate.</summary>
    public void WriteUnproven()
    {
        var (path, text) = (context.Directory.Unproven, string.Concat(Health.Unproven.Select(name => $"{name}\n")));
        if (text != _unproven || _files.IsChanged(path))
        {
            PrivateFile.Write(path, text, isDurable: false);
            _files.Note(path);
            _unproven = text;
        }
    }

    private Dictionary<MemberName, bool> TakeNoted()
    {
        var names = new Dictionary<MemberName, bool>();
        while (_noted.TryDequeue(out var noted))
        {
            if (Health.Find(noted.Name) is { } health && (health.IsUnproven && noted.IsFirstPass ? true : health.Verdict) is { } isUp)
            {
                names[noted.Name] = isUp;
            }
        }

        return names;
    }

    private void Note(MemberName name, bool isFirstPass)
    {
        _noted.Enqueue((name, isFirstPass));
        queue.Tell(context.Number);
    }

    /// <summary>Changes what is known of a member, and notes when it goes out of service by that.</summary>
    private MemberHealth? Change(MemberName name, Func<MemberHealth, MemberHealth> change)
    {
        var wasUp = Health.Find(name) is { IsUp: true };
        var health = Health.Change(name, change);
        if (wasUp && health is { IsUp: false })
        {
            _failed.Enqueue(name);
            queue.Tell(context.Number);
        }

        return health;
    }
}
