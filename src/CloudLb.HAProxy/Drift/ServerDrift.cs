using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Drift;

/// <summary>Finds servers that somebody has added, deleted or set otherwise at HAProxy's socket.</summary>
internal static class ServerDrift
{
    /// <summary>What the process has otherwise than it was told; null when nothing.</summary>
    public static string? Find(CellState state, CellProcess process, IReadOnlyCollection<ServerState> servers)
    {
        var expected = state.Served.SelectMany(served => served.ActiveMembers()).ToDictionary(active => active.Name);
        foreach (var server in servers.Where(server => !process.Draining.ContainsKey(server.Name)))
        {
            if (!expected.Remove(server.Name, out var active))
            {
                // A section of an operator's has no name of ours.
                if (!ProxyName.TryParse(server.Name.Pool, out _, out _))
                {
                    continue;
                }

                return $"{server.Name} is there and should not be";
            }

            if (!IsAsSet(server, active) || !WeighsAsSet(process, server, active))
            {
                return $"{server.Name} is not as it was set";
            }
        }

        return expected.Count > 0 ? $"{expected.Keys.First()} is missing" : null;
    }

    /// <summary>One that is started slowly weighs what the process was last told; one that was found, whatever it weighs.</summary>
    private static bool WeighsAsSet(CellProcess process, ServerState server, NamedMember active) =>
        active.Pool.SlowStart == TimeSpan.Zero ? server.Weight == active.Member.Weight
        : !process.Weights.TryGetValue(server.Name, out var told) || server.Weight == told;

    private static bool IsAsSet(ServerState server, NamedMember active) =>
        !server.IsInMaintenance && !server.IsInDrain
        && server.Port == active.Member.Port && server.Address.Equals(active.Member.Address) && server.IsSecure == active.Member.IsSecure
        && (!active.Pool.IsChecked || (server.IsChecked && server.CheckPort == active.Probe.PortOf(active.Member)));
}
