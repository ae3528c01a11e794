using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Status;

namespace CloudLb.HAProxy.Cells;

/// <summary>What an operator asks of the processes. It is asked outside the gate, as a session takes commands from anyone: a hand-over keeps nobody waiting.</summary>
internal sealed partial class Cell
{
    private const string AskForListeners = "show stat -1 1 -1";

    /// <summary>What the processes say of one load balancer now.</summary>
    public async Task<ServedLoadBalancer> ReadAsync(CellEntry entry, CancellationToken cancellationToken)
    {
        var (planned, served, process) = (entry.Planned, entry.Served, _process);
        if ((served ?? planned) is not { } current || process is not { IsAlive: true })
        {
            return new(Status, served is null ? null : "No HAProxy process runs for it at the moment", []);
        }

        var ask = (served?.Pools ?? []).Concat(planned?.Pools ?? []).Select(pool => $"show stat {ProxyName.OfPool(entry.Id, pool.Name)} 4 -1").Distinct().ToList();
        try
        {
            var rows = await ReadAsync(process, ask, cancellationToken);
            var finishing = new List<StatRow>();
            foreach (var old in _old.Where(old => old.IsAlive))
            {
                await TryAsync(async () => finishing.AddRange(await ReadAsync(old, ask, cancellationToken)));
            }

            var decides = (planned ?? current).HealthPool is { } pool ? ProxyName.OfPool(entry.Id, pool) : "";
            var probe = (planned ?? current).Pools.FirstOrDefault()?.Probe;
            return new(Status, null, [.. rows.Concat(finishing).GroupBy(row => row["svname"]).Select(ofOne => Instance(ofOne, rows, decides, probe))]);
        }
        catch (RuntimeException exception)
        {
            return new(Status, exception.Message, []);
        }
    }

    /// <summary>What goes through the cell's listeners now; empty when no process answers.</summary>
    public async Task<IReadOnlyList<(LoadBalancerId LoadBalancer, ListenerActivity Activity)>> ReadActivityAsync(CancellationToken cancellationToken)
    {
        var read = new List<(LoadBalancerId, ListenerActivity)>();
        foreach (var process in _old.Append(_process).OfType<CellProcess>().Where(process => process.IsAlive))
        {
            await TryAsync(async () =>
            {
                foreach (var row in await ReadAsync(process, [AskForListeners], cancellationToken))
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

    private static async Task<List<StatRow>> ReadAsync(CellProcess process, IReadOnlyList<string> ask, CancellationToken cancellationToken) =>
        [.. (await process.Session.SendAsync(ask, cancellationToken)).SelectMany(StatText.Read)];

    private ServedInstance Instance(IGrouping<string, StatRow> ofOne, List<StatRow> current, string decides, PlannedProbe? probe)
    {
        var row = current.Find(row => row["svname"] == ofOne.Key && row["pxname"] == decides);
        var instance = new ServedInstance
        {
            InstanceId = ofOne.Key,
            Sessions = ofOne.Sum(each => each.Number("scur") ?? 0),
            Unanswered = ofOne.Sum(each => each.Number("eresp") ?? 0),
            TotalSessions = ofOne.Sum(each => each.Number("stot") ?? 0),
        };
        if (row is null)
        {
            return instance;
        }

        // While a check is under way, the result of the one before has a star before it.
        var status = row["check_status"];
        var isUnderWay = status.StartsWith("* ", StringComparison.Ordinal);
        var health = _health.Find(new MemberName(decides, ofOne.Key));
        var checks = new CheckCount((int)(row.Number("check_health") ?? 0), probe?.Rise ?? 1, probe?.Fall ?? 1);
        return instance with
        {
            IsThere = true,
            IsUp = row["status"].StartsWith("UP", StringComparison.Ordinal),
            IsInMaintenance = row["status"].StartsWith("MAINT", StringComparison.Ordinal),
            IsUnproven = health?.IsUnproven ?? false,
            IsCheckUnderWay = isUnderWay,
            LastCheck = Answer(row, isUnderWay ? status[2..] : status, probe?.Protocol),
            FirstProbe = health?.FirstProbe,
            PassesInARow = checks.PassesInARow,
            FailuresInARow = checks.FailuresInARow,
            ChangedAt = health?.ChangedAt,
            UnchangedFor = TimeSpan.FromSeconds(row.Number("lastchg") ?? 0),
        };
    }

    /// <summary>A process that has not made the check yet shows what the state file says, and that is always that a connection was made.</summary>
    private static CheckAnswer? Answer(StatRow row, string status, ProbeProtocol? probe) =>
        status is "" or "UNK" or "INI" || (status == "L4OK" && probe is not ProbeProtocol.Tcp)
            ? null
            : CheckWords.Answer(
                status,
                (int?)row.Number("check_code"),
                row["last_chk"].Trim(),
                row.Number("check_duration") is { } milliseconds and >= 0 ? TimeSpan.FromMilliseconds(milliseconds) : null);
}
