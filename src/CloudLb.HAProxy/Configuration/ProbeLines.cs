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
            text.Line("http-check").Constant(
                probe.IsHttp2 ? "connect ssl alpn h2" : probe.IsOfLoadBalancer ? "connect send-proxy ssl" : "connect ssl");
        }
        else if (probe.IsHttp2)
        {
            text.Line("http-check").Constant("connect proto h2");
        }

        var line = text.Line("http-check")
            .Constant(probe.GrpcStatuses is null ? "send meth GET uri" : "send meth POST uri").Quoted(probe.Path)
            .Constant(probe.IsHttp2 ? "ver HTTP/2" : "ver HTTP/1.1").Constant(Host);
        if (probe.GrpcStatuses is not null)
        {
            line.Constant("hdr Content-Type application/grpc hdr TE trailers");
        }

        if (probe.UserAgent.Length > 0)
        {
            line.Constant("hdr User-Agent").Word(probe.UserAgent);
        }

        // Of an answer without a message the status stands in the head; trailers are not looked at (2.6.12).
        text.Line("http-check").Constant(
            probe.GrpcStatuses is { } statuses
                ? $"expect hdr name grpc-status value -m reg '^(?:{string.Join('|', statuses)})$'"
                : $"expect status {string.Join(',', probe.Statuses)}");
    }
}
