using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>How a pool checks its members; the ports, intervals and thresholds stand on the server lines.</summary>
internal static class ProbeLines
{
    // The instance's own address as Host, as AWS sends it; in brackets when it is an IPv6 address. Tried with 2.6.12: bc_dst is the checked
    // server's.
    private const string Host = """hdr Host '%[bc_dst,regsub("^(.*:.*)$","[\1]")]'""";

    public static void Write(ConfigText text, PlannedProbe probe)
    {
        text.Line("timeout").Word("check").Milliseconds(probe.Timeout);
        switch (probe.Protocol)
        {
            case ProbeProtocol.Tcp:
                text.Line("option").Word("tcp-check");
                text.Line("tcp-check").Word("connect");
                break;
            case ProbeProtocol.Ssl:
                text.Line("option").Word("tcp-check");
                text.Line("tcp-check").Constant("connect ssl");
                break;
            case ProbeProtocol.Http:
                WriteHttp(text, probe, isSecure: false);
                break;
            case ProbeProtocol.Https:
                WriteHttp(text, probe, isSecure: true);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(probe), probe.Protocol, "HAProxy cannot be told how to check this.");
        }
    }

    private static void WriteHttp(ConfigText text, PlannedProbe probe, bool isSecure)
    {
        text.Line("option").Word("httpchk");
        if (isSecure)
        {
            text.Line("http-check").Constant(probe.IsOfLoadBalancer ? "connect send-proxy ssl" : "connect ssl");
        }

        var line = text.Line("http-check").Constant("send meth GET uri").Quoted(probe.Path).Constant("ver HTTP/1.1").Constant(Host);
        if (probe.UserAgent.Length > 0)
        {
            line.Constant("hdr User-Agent").Word(probe.UserAgent);
        }

        text.Line("http-check").Constant($"expect status {string.Join(',', probe.Statuses)}");
    }
}
