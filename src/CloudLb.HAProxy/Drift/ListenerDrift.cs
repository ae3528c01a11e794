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
    /// <param name="state">What is served.</param>
    /// <param name="process">By which process.</param>
    /// <param name="statistics">What it has said of its listeners and servers.</param>
    /// <param name="info">What it has said of itself.</param>
    public static string? Find(CellState state, CellProcess process, string statistics, string info)
    {
        var served = state.Served
            .SelectMany(served => served.Listeners.SelectMany(listener => LogSlot.Frontends(served, listener.Port, process.Threads)))
            .ToHashSet();
        var limits = LimitsIn(info);
        foreach (var row in StatText.Read(statistics).Where(row => ProxyName.TryParse(row["pxname"], out _, out _)))
        {
            var name = row["pxname"];
            var isListener = row["svname"] == "FRONTEND";
            if (row["svname"] == "BACKEND")
            {
                continue;
            }

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

    private static string? ChangedLimit(CellProcess process, List<(string Name, string Limit)> limits)
    {
        foreach (var (name, limit) in limits)
        {
            if (process.Looks.IsAnotherLimit(name, limit))
            {
                return $"{name.TrimEnd(' ', ':')} takes another number at once";
            }
        }

        return null;
    }
}
