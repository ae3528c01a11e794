using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Status;

namespace CloudLb.HAProxy.Counters;

/// <summary>
/// Asks the processes what an operator wants to know. They are asked outside the gate, as a session takes commands from anyone: a hand-over
/// keeps nobody waiting.
/// </summary>
internal sealed class StatusReader(CellContext context, HealthTable health)
{
    private const string AskForListeners = "show stat -1 1 -1";

    private EngineProcess Status => context.State.Now.Status(context.Number);

    /// <summary>What the processes say of one load balancer now; null when the cell does not have it.</summary>
    public async Task<ServedLoadBalancer?> ReadAsync(LoadBalancerId loadBalancer, CancellationToken cancellationToken)
    {
        var state = context.State.Now;
        if (state.Find(loadBalancer) is not { } entry)
        {
            return null;
        }

        var (planned, served) = (entry.Planned, entry.Served);
        if ((served ?? planned) is not { } current || state.Running is not { } process)
        {
            return new(Status, served is null ? null : "No HAProxy process runs for it at the moment", []);
        }

        var ask = (served?.Pools ?? []).Concat(planned?.Pools ?? [])
            .Select(pool => $"show stat {ProxyName.OfPool(entry.Id, pool.Name)} 4 -1").Distinct().ToList();
        try
        {
            var rows = await AskAsync(process, ask, cancellationToken);
            var finishing = new List<StatRow>();
            foreach (var old in context.State.Now.Old.Where(old => old.IsAlive))
            {
                await context.TryAsync(async () => finishing.AddRange(await AskAsync(old, ask, cancellationToken)));
            }

            var all = rows.Concat(finishing).ToLookup(row => row["svname"]);
            return new(Status, null, [.. OfInstances(planned ?? current, rows, all), .. OfMembers(current, rows, all)]);
        }
        catch (RuntimeException exception)
        {
            return new(Status, exception.Message, []);
        }
    }

    /// <summary>What the last check of each member of a pool came to; empty when the process cannot be asked.</summary>
    public async Task<IReadOnlyDictionary<MemberId, CheckAnswer>> ReadChecksAsync(
        LoadBalancerId loadBalancer, string pool, CancellationToken cancellationToken)
    {
        var read = new Dictionary<MemberId, CheckAnswer>();
        var state = context.State.Now;
        if (state.Find(loadBalancer)?.Served?.PartsOf(pool) is { Count: > 0 } served && state.Running is { } process)
        {
            await context.TryAsync(async () =>
            {
                foreach (var part in served)
                {
                    await ReadChecksAsync(process, loadBalancer, part, read, cancellationToken);
                }
            });
        }

        return read;
    }

    /// <summary>What goes through the cell's listeners now; empty when no process answers.</summary>
    public async Task<IReadOnlyList<(LoadBalancerId LoadBalancer, ListenerActivity Activity)>> ReadActivityAsync(
        CancellationToken cancellationToken)
    {
        var read = new List<(LoadBalancerId, ListenerActivity)>();
        foreach (var process in context.State.Now.Processes.Where(process => process.IsAlive))
        {
            await context.TryAsync(async () =>
            {
                foreach (var row in await AskAsync(process, [AskForListeners], cancellationToken))
                {
                    if (ProxyName.TryParse(row["pxname"], out var key, out _))
                    {
                        read.Add((key, new(row.Number(row["mode"] == "http" ? "req_rate" : "rate") ?? 0, row.Number("scur") ?? 0)));
                    }
                }
            });
        }

        return read;
    }

    /// <summary>Whether the process that serves answers in this time. One that does not is left as it is.</summary>
    public async Task<bool> AnswersAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (context.State.Now.Running is not { } process)
        {
            return false;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await process.Session.SendAsync(ProcessInfo.AskForVersion, limit.Token);
            return true;
        }
        catch (Exception exception) when (
            !cancellationToken.IsCancellationRequested && exception is RuntimeException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<List<StatRow>> AskAsync(
        CellProcess process, IReadOnlyList<string> ask, CancellationToken cancellationToken) =>
        [.. (await process.Session.SendAsync(ask, cancellationToken)).SelectMany(StatText.Read)];

    private async Task ReadChecksAsync(
        CellProcess process, LoadBalancerId loadBalancer, PlannedPool served, Dictionary<MemberId, CheckAnswer> read,
        CancellationToken cancellationToken)
    {
        var rows = (await AskAsync(process, [$"show stat {ProxyName.OfPool(loadBalancer, served.Name)} 4 -1"], cancellationToken))
            .DistinctBy(row => row["svname"]).ToDictionary(row => row["svname"]);
        foreach (var member in served.Members)
        {
            var name = MemberName.Of(loadBalancer, served, member);
            var row = rows.GetValueOrDefault(name.Instance);
            var answer = row is null ? null : Answer(row, Finished(row["check_status"]), served.Probe.Protocol);
            if ((answer ?? health.Find(name)?.FirstProbe) is { } known)
            {
                read[member.Id] = known;
            }
        }
    }

    /// <summary>Where an instance is a member of all pools alike, one of which decides its state.</summary>
    private IEnumerable<ServedInstance> OfInstances(PlannedLoadBalancer planned, List<StatRow> rows, ILookup<string, StatRow> all)
    {
        if (planned.Pools.Any(pool => pool.MemberPort is null))
        {
            return [];
        }

        var decides = planned.HealthPool is { } pool ? ProxyName.OfPool(planned.Id, pool) : "";
        var current = rows.Where(row => row["pxname"] == decides).DistinctBy(row => row["svname"]).ToDictionary(row => row["svname"]);
        return all.Select(ofOne => Instance(
            ofOne.Key, ofOne, current.GetValueOrDefault(ofOne.Key), decides, planned.Pools.FirstOrDefault()?.Probe));
    }

    /// <summary>
    /// Where pools have members of their own: each is told by the pool of the plan, with what it has in the unchecked ones beside that.
    /// </summary>
    private IEnumerable<ServedInstance> OfMembers(PlannedLoadBalancer planned, List<StatRow> rows, ILookup<string, StatRow> all)
    {
        var current = rows.DistinctBy(row => (row["pxname"], row["svname"])).ToDictionary(row => (row["pxname"], row["svname"]));
        foreach (var pool in planned.Pools.Where(pool => pool is { MemberPort: null, IsChecked: true }))
        {
            var planName = PlannedPoolName.Of(pool.Name);
            var backend = ProxyName.OfPool(planned.Id, planName);
            foreach (var member in pool.Members)
            {
                var name = MemberName.Of(planned.Id, pool, member);
                var ofOne = all[name.Instance].Where(row => PlannedPoolName.Of(row["pxname"]) == backend);
                yield return Instance(
                    name.Instance, ofOne, current.GetValueOrDefault((name.Pool, name.Instance)), name.Pool, pool.Probe) with
                {
                    InstanceId = member.Target,
                    Member = new(planName, member.Id),
                };
            }
        }
    }

    private ServedInstance Instance(string server, IEnumerable<StatRow> all, StatRow? row, string decides, PlannedProbe? probe)
    {
        var ofOne = all.ToList();
        long Sum(params ReadOnlySpan<string> columns)
        {
            var sum = 0L;
            foreach (var column in columns)
            {
                sum += ofOne.Sum(each => each.Number(column) ?? 0);
            }

            return sum;
        }

        var unanswered = Sum("eresp", "econ", "wretr", "wredis");
        var instance = new ServedInstance
        {
            InstanceId = server,
            Sessions = Sum("scur"),
            Unanswered = Sum("eresp"),
            Requests = unanswered + Sum("req_tot"),
            Failed = unanswered + Sum("hrsp_5xx"),
            TotalSessions = Sum("stot"),
        };
        if (row is null)
        {
            return instance;
        }

        var status = row["check_status"];
        var isUnderWay = status != Finished(status);
        var known = health.Find(new MemberName(decides, server));
        var checks = new CheckCount((int)(row.Number("check_health") ?? 0), probe?.Rise ?? 1, probe?.Fall ?? 1);
        return instance with
        {
            IsThere = true,
            IsUp = row["status"].StartsWith("UP", StringComparison.Ordinal),
            IsInMaintenance = row["status"].StartsWith("MAINT", StringComparison.Ordinal),
            IsUnproven = known?.IsUnproven ?? false,
            IsCheckUnderWay = isUnderWay,
            LastCheck = Answer(row, Finished(status), probe?.Protocol),
            FirstProbe = known?.FirstProbe,
            PassesInARow = checks.PassesInARow,
            FailuresInARow = checks.FailuresInARow,
            ChangedAt = known?.ChangedAt,
            UnchangedFor = TimeSpan.FromSeconds(row.Number("lastchg") ?? 0),
        };
    }

    /// <summary>While a check is under way, the result of the one before has a star before it.</summary>
    private static string Finished(string status) => status.StartsWith("* ", StringComparison.Ordinal) ? status[2..] : status;

    /// <summary>
    /// A process that has not made the check yet shows what the state file says, and that is always that a connection was made.
    /// </summary>
    private static CheckAnswer? Answer(StatRow row, string status, ProbeProtocol? probe) =>
        status is "" or "UNK" or "INI" || (status == "L4OK" && probe is not ProbeProtocol.Tcp)
            ? null
            : CheckWords.Answer(
                status,
                (int?)row.Number("check_code"),
                row["last_chk"].Trim(),
                row.Number("check_duration") is { } milliseconds and >= 0 ? TimeSpan.FromMilliseconds(milliseconds) : null);
}
