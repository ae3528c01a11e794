using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>How a pool checks its members; the ports, intervals and thresholds stand on the server lines.</summary>
internal static class ProbeLines
{
    // As AWS sends it; in brackets when it is an IPv6 address.
    private const string Host = $"hdr Host '%[{Probed.Address}]'";

    public static void Write(ConfigText text, PlannedProbe probe)
    {
        text.Line("timeout").Word("check").Milliseconds(probe.Timeout);
        if (probe.GrpcStatuses is { } passes)
        {
            GrpcProbeLines.Write(text, probe, passes);
            return;
        }

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
            text.Line("http-check").Constant(
                probe.IsHttp2 ? "connect ssl alpn h2" : probe.IsOfLoadBalancer ? "connect send-proxy ssl" : "connect ssl");
        }
        else if (probe.IsHttp2)
        {
            text.Line("http-check").Constant("connect proto h2");
        }

        var line = text.Line("http-check")
            .Constant("send meth GET uri").Quoted(probe.Path)
            .Constant(probe.IsHttp2 ? "ver HTTP/2" : "ver HTTP/1.1").Constant(Host);
        if (probe.UserAgent.Length > 0)
        {
            line.Constant("hdr User-Agent").Word(probe.UserAgent);
        }

        text.Line("http-check").Constant($"expect status {string.Join(',', probe.Statuses)}");
    }
}
