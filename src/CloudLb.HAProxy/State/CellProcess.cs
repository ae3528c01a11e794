using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.HAProxy.State;

/// <summary>One running HAProxy process and what we know it holds. Used under its cell's gate alone, but for its session.</summary>
internal sealed class CellProcess(int processId, long generation, IReadOnlyList<string> sockets, CommandSession session) : IAsyncDisposable
{
    public int ProcessId { get; } = processId;

    public long Generation { get; } = generation;

    public CommandSession Session { get; } = session;

    /// <summary>When, by the steady time, it was given the states of its members; zero of one that was found.</summary>
    public TimeSpan Begun { get; set; }

    /// <summary>When, by the steady time, it was first spoken to; null of one that was found.</summary>
    public TimeSpan? StartedAt { get; set; }

    /// <summary>
    /// The threads that its configuration gives it. Fewer or more would suit it once there are more or fewer processes; it keeps these.
    /// </summary>
    public int Threads { get; set; } = 1;

    public bool IsAlive => !Session.Closed.IsCancellationRequested;

    /// <summary>Every server that it has, static or added.</summary>
    public HashSet<MemberName> Servers { get; } = [];

    /// <summary>What servers weigh that are started slowly, as far as it was told. Other weights are those of the plan.</summary>
    public Dictionary<MemberName, int> Weights { get; } = [];

    /// <summary>Every endpoint that it was started with, those that accept no more included.</summary>
    public HashSet<IPEndPoint> Bound { get; } = [];

    /// <summary>Ids of certificates that it has for servers to trust.</summary>
    public HashSet<string> Anchors { get; } = [];

    /// <summary>Servers that take nothing new, and when what they still have is cut. Read from any thread.</summary>
    public ConcurrentDictionary<MemberName, DrainLimit> Draining { get; } = new();

    /// <summary>How busy it was when its counters were last read; null before the first time.</summary>
    public ProcessActivity? Activity { get; set; }

    public ProcessLooks Looks { get; } = new();

    /// <summary>Asks the process of this generation who it is and opens a session to it.</summary>
    public static async Task<CellProcess> ConnectAsync(
        CellDirectory directory, long generation, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        const string Label = "Pid: ";
        var socketPath = directory.CommandSocket(generation);
        var session = await CommandSession.OpenAsync(socketPath, timeout, clock, cancellationToken);
        var info = await session.SendAsync("show info", cancellationToken);
        var line = info.Split('\n').FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal));
        return line is not null && int.TryParse(line[Label.Length..], out var processId)
            ? new CellProcess(processId, generation, [socketPath, directory.PassOnSocket(generation)], session)
            : throw new RuntimeException($"What answers at {socketPath} is no HAProxy");
    }

    /// <summary>
    /// Cuts servers of a process that serves no more: there the command for a whole server is refused, so each session is ended by itself.
    /// </summary>
    public async Task CutSessionsAsync(IReadOnlyCollection<MemberName> names, CancellationToken cancellationToken)
    {
        var sessions = await Session.SendAsync("show sess", cancellationToken);
        var cuts = sessions.Split('\n')
            .Where(line => names.Any(name =>
                line.Contains($" be={name.Pool} ", StringComparison.Ordinal)
                && line.Contains($" srv={name.Instance} ", StringComparison.Ordinal)))
            .Select(line => $"shutdown session {line[..line.IndexOf(':')]}")
            .ToList();
        await Session.SendAsync(cuts, cancellationToken);
    }

    /// <summary>Those of the servers that have a request or a connection, or one that waits for them.</summary>
    public async Task<HashSet<MemberName>> BusyAsync(IReadOnlyCollection<MemberName> names, CancellationToken cancellationToken)
    {
        var ask = names.Select(name => name.Pool).Distinct().Select(pool => $"show stat {pool} 4 -1").ToList();
        var rows = ask.Count > 0 ? await Session.SendAsync(ask, cancellationToken) : [];
        return [.. rows.SelectMany(StatText.Read).Where(row => row.Number("scur") > 0 || row.Number("qcur") > 0)
            .Select(row => new MemberName(row["pxname"], row["svname"])).Intersect(names)];
    }

    /// <summary>How many connections of clients the process has.</summary>
    public async Task<int> ConnectionsAsync(CancellationToken cancellationToken)
    {
        const string Begin = "CurrConns: ";
        var lines = (await Session.SendAsync("show info", cancellationToken)).Split('\n');
        var line = lines.First(each => each.StartsWith(Begin, StringComparison.Ordinal));
        return int.Parse(line.AsSpan(Begin.Length), CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Cuts what a process that finishes has of members whose limit has come. Where it has nothing of a member nobody waits for it: nothing
    /// begins there any more, as what comes is passed on.
    /// </summary>
    public async Task CutDueAsync(TimeSpan now, CancellationToken cancellationToken)
    {
        var due = Draining.Where(draining => now >= draining.Value.At).Select(draining => draining.Key).ToList();
        if (due.Count > 0)
        {
            await CutSessionsAsync(due, cancellationToken);
        }

        var names = Draining.Keys.ToList();
        var busy = await BusyAsync(names, cancellationToken);
        foreach (var name in names.Where(name => !busy.Contains(name)).Concat(due))
        {
            Draining.TryRemove(name, out _);
        }
    }

    /// <summary>Ends the session; a process that was told to finish does so when its last connection is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        foreach (var socket in sockets)
        {
            File.Delete(socket);
        }
    }

    /// <summary>Ends the session and leaves the process and its sockets for the next CloudLb.</summary>
    public ValueTask LeaveAsync() => Session.DisposeAsync();
}
