using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// A check of gRPC: a call with an empty message, in HTTP/2 by hand. HAProxy's checks of HTTP see the head of an answer alone, and of a
/// call that succeeds the status comes in trailers.
/// </summary>
internal static class GrpcProbeLines
{
    // The instance's own address, as AWS sends it. Its length is known only when it is asked, so HAProxy writes both (tried with 2.6.12).
    private const string Authority = Probed.Address, Length = $"{Authority},length";

    // The first answer on a connection names its status in full, as no table of names knows it yet.
    private static readonly string _code =
        $"""res.payload(0,0),hex,regsub("^.*?{GrpcStatusExpression.Any}.*$","\1"),{GrpcStatusExpression.Codes}""";

    public static void Write(ConfigText text, PlannedProbe probe, IReadOnlyList<int> passes)
    {
        var isSecure = probe.Protocol == ProbeProtocol.Https;
        text.Line("option").Word("tcp-check");
        text.Line("tcp-check").Constant(isSecure ? "connect ssl alpn h2" : "connect");
        text.Line("tcp-check").Constant($"send-binary {Convert.ToHexString(Http2Frames.Preface)}");

        // A server begins with its settings, which the next thing that is sent says to have heard. That forgets what had come.
        text.Line("tcp-check").Constant("expect rbinary ^.{6}04");
        text.Line("tcp-check").Constant($"send-binary-lf '{Call(probe, isSecure)}'");

        // Any status first: a wrong one is told at once then, and not when the time is over.
        text.Line("tcp-check").Constant($"expect rbinary {GrpcStatusExpression.Any}");
        text.Line("tcp-check").Constant(
            $"expect min-recv 1 error-status L7STS status-code '{_code}' rbinary {GrpcStatusExpression.Of(passes)}");
    }

    private static string Call(PlannedProbe probe, bool isSecure)
    {
        byte[] before = [Http2Frames.Post, isSecure ? Http2Frames.Https : Http2Frames.Http, .. Http2Frames.Path(probe.Path)];
        byte[] after =
        [
            .. Http2Frames.ContentType("application/grpc"), .. Http2Frames.Field("te", "trailers"),
            .. probe.UserAgent.Length > 0 ? Http2Frames.UserAgent(probe.UserAgent) : [],
        ];
        const int OfName = 1, OfLength = 1;
        var known = before.Length + OfName + OfLength + after.Length;
        return new StringBuilder()
            .Append(Convert.ToHexString(Http2Frames.SettingsHeard))
            .Append($"00%[{Length},add({known}),hex,bytes(12,4)]").Append(Convert.ToHexString(Http2Frames.HeadOfFirst))
            .Append(Convert.ToHexString([.. before, Http2Frames.Authority]))
            .Append($"%[{Length},hex,bytes(14,2)]%[{Authority},hex]")
            .Append(Convert.ToHexString(after))
            .Append(Convert.ToHexString(Http2Frames.EmptyMessage))
            .ToString();
    }
}
