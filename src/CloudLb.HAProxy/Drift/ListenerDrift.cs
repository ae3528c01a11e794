using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>Finds listeners that somebody has closed, and numbers of connections that somebody has set, at HAProxy's socket.</summary>
internal static class ListenerDrift
{
    private static readonly string[] ProcessLimits = ["Maxconn: ", "ConnRateLimit: ", "SessRateLimit: ", "SslRateLimit: "];

    /// <summary>What is otherwise than it was, or should be; null when nothing.</summary>
    public static async Task<string?> FindAsync(CellState state, CellProcess process, CancellationToken cancellationToken)
    {
        var served = state.Served
            .SelectMany(served => served.Listeners.SelectMany(listener => LogSlot.Frontends(served, listener.Port, process.Threads)))
            .ToHashSet();
        var answers = await process.Session.SendAsync(["show info", "show stat -1 5 -1"], cancellationToken);
        var limits = LimitsIn(answers[0]);
        foreach (var row in StatText.Read(answers[1]).Where(row => ProxyName.TryParse(row["pxname"], out _, out _)))
        {
            var name = row["pxname"];
            var isListener = row["svname"] == "FRONTEND";
            if (isListener && served.Remove(name) != (row["status"] == "OPEN"))
            {
                return $"{name} is {row["status"]}";
            }

            limits.Add((isListener ? name : $"{name}/{row["svname"]}", row["slim"]));
        }

        return served.Count > 0 ? $"{served.First()} is missing" : ChangedLimit(process, limits);
    }

    private static List<(string Name, string Limit)> LimitsIn(string info) => [.. info.Split('\n')
        .SelectMany(line => ProcessLimits.Where(line.StartsWith).Select(label => (label, line[label.Length..])))];

    /// <summary>What is seen for the first time is as it should be.</summary>
    private static string? ChangedLimit(CellProcess process, List<(string Name, string Limit)> limits)
    {
        var known = process.Looks.Limits;
        foreach (var (name, limit) in limits)
        {
            if (!known.TryAdd(name, limit) && known[name] != limit)
            {
                return $"{name.TrimEnd(' ', ':')} takes another number at once";
            }
        }

        return null;
    }
}
