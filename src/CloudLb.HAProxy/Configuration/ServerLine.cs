using CloudLb.Core.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>A member, for the file and for <c>add server</c> alike, since a server added at run time inherits nothing from <c>default-server</c>.</summary>
internal static class ServerLine
{
    public static void Write(ConfigText text, PlannedMember member, PlannedPool pool) =>
        Settings(text.Line("server").Name(member.InstanceId), member, pool, member.Weight);

    /// <summary>The command that adds the member with weight 0, so that nothing reaches it before it is forced down and checked.</summary>
    public static string AddCommand(MemberName name, PlannedMember member, PlannedPool pool)
    {
        var line = new ConfigLine(new()).Constant("add server").Constant($"{Name.Checked(name.Pool)}/{Name.Checked(name.Instance)}");
        return Settings(line, member, pool, weight: 0).ToString();
    }

    private static ConfigLine Settings(ConfigLine line, PlannedMember member, PlannedPool pool, int weight) =>
        Check(ProxyProtocol(line.Endpoint(member.Address, member.Port).Word("weight").Number(weight), pool), pool.Probe);

    // A check that has a port of its own carries no PROXY line, as at AWS (HAProxy's documentation of check-send-proxy; tried with 2.6.12).
    private static ConfigLine ProxyProtocol(ConfigLine line, PlannedPool pool) => pool.IsProxyProtocolOn ? line.Word("send-proxy") : line;

    // A check over TLS does not look at the member's certificate, as at AWS; what it is checked against stands on the server line.
    private static ConfigLine Check(ConfigLine line, PlannedProbe probe) =>
        (probe.Protocol is ProbeProtocol.Ssl or ProbeProtocol.Https ? line.Constant("verify none") : line)
        .Word("check").Word("port").Number(probe.Port)
        .Word("inter").Milliseconds(probe.Interval)
        .Word("rise").Number(probe.Rise)
        .Word("fall").Number(probe.Fall);
}
