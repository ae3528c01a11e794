using CloudLb.Core.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>A member, for the file and for <c>add server</c> alike, since a server added at run time inherits nothing from <c>default-server</c>.</summary>
internal static class ServerLine
{
    public static void Write(ConfigText text, PlannedMember member, PlannedProbe probe) =>
        Settings(text.Line("server").Name(member.InstanceId), member, probe, member.Weight);

    /// <summary>The command that adds the member with weight 0, so that nothing reaches it before it is forced down and checked.</summary>
    public static string AddCommand(MemberName name, PlannedMember member, PlannedProbe probe)
    {
        var line = new ConfigLine(new()).Constant("add server").Constant($"{Name.Checked(name.Pool)}/{Name.Checked(name.Instance)}");
        return Settings(line, member, probe, weight: 0).ToString();
    }

    private static ConfigLine Settings(ConfigLine line, PlannedMember member, PlannedProbe probe, int weight) =>
        Check(line.Endpoint(member.Address, member.Port).Word("weight").Number(weight), probe);

    // A check over TLS does not look at the member's certificate, as at AWS; what it is checked against stands on the server line.
    private static ConfigLine Check(ConfigLine line, PlannedProbe probe) =>
        (probe.Protocol is ProbeProtocol.Ssl or ProbeProtocol.Https ? line.Constant("verify none") : line)
        .Word("check").Word("port").Number(probe.Port)
        .Word("inter").Milliseconds(probe.Interval)
        .Word("rise").Number(probe.Rise)
        .Word("fall").Number(probe.Fall);
}
