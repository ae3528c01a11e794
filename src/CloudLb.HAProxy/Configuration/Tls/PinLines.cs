using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Members that must show a certificate with an accepted key: what stands in their pool and on their lines.</summary>
/// <remarks>
/// HAProxy cannot be told of a key, so CloudLb looks at the certificate, compares its key, and has HAProxy insist on that very certificate.
/// Names of files are relative to the configuration's directory: <c>default-path config</c>.
/// </remarks>
internal static class PinLines
{
    /// <summary>The directory of the pins, below that of the configuration.</summary>
    public const string Directory = "pins";

    private const string Fingerprint = "ssl_s_der,sha2(256),hex";

    /// <summary>The anchor's file, named after its content.</summary>
    public static string FileOf(TrustAnchor anchor) => $"{Directory}/{Naming.Name.Checked(anchor.Id)}.pem";

    /// <summary>The list of fingerprints that the pool's members may have.</summary>
    /// <param name="pool">The backend's name.</param>
    public static string ListOf(string pool) => $"{Directory}/{Naming.Name.Checked(pool)}.list";

    /// <summary>
    /// No answer passes from a member whose certificate is not in the list, whatever it was trusted for when the connection was made.
    /// </summary>
    public static void Write(ConfigText text, TrafficMode mode, string pool)
    {
        var condition = $"unless {{ {Fingerprint} -m str -f {ListOf(pool)} }}";
        if (mode == TrafficMode.Http)
        {
            text.Line("http-response").Constant("deny deny_status 502").Constant(condition);
        }
        else
        {
            text.Line("tcp-response").Constant("content reject").Constant(condition);
        }
    }

    /// <summary>
    /// Every connection shows the certificate, as none is resumed. What is trusted holds for TLS checks too, which go elsewhere where they
    /// have another port.
    /// </summary>
    public static ConfigLine Write(ConfigLine line, PlannedMember member, PlannedProbe probe)
    {
        var certificate = PinnedMember.CertificateOf(member)
            ?? throw new Naming.UnwritableValueException(member.Target, "has not shown a certificate that its pool accepts");
        var isCheckElsewhere = probe.Protocol is ProbeProtocol.Ssl or ProbeProtocol.Https && probe.PortOf(member) != member.Port;
        return certificate.Anchor is { } anchor && !isCheckElsewhere
            ? line.Constant("ssl verify required ca-file").Word(FileOf(anchor)).Word("no-ssl-reuse")
            : line.Constant("ssl verify none no-ssl-reuse");
    }
}
