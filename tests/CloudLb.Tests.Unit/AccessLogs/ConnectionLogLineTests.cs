using System.Net;
using System.Text.RegularExpressions;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed partial class ConnectionLogLineTests
{
    private static readonly LoadBalancerId Id = new("alb", new("123456789012"), "us-east-1", "web");

    private static readonly LoggedLoadBalancer Web = new(
        Id, new() { Kind = LogKind.Connections, Bucket = "logs", Prefix = "p", Interval = TimeSpan.FromMinutes(5) }, "web.test",
        IPAddress.Parse("127.0.64.1"), [443])
    {
        Application = new("app/web/50dc6c495c0c9188", new Dictionary<string, string>(), new(new Dictionary<int, string>(),
            new Dictionary<string, string>())),
    };

    private static readonly AccessLogConnection Secure = new()
    {
        At = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).AddMicroseconds(123_456),
        Id = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
        IsSecure = true,
        Handshake = TimeSpan.FromMilliseconds(4036),
        Cipher = "ECDHE-RSA-AES128-GCM-SHA256",
        TlsVersion = "TLSv1.2",
    };

    [Fact]
    public void A_connection_reads_as_in_the_user_guide() => Assert.Equal(
        "2026-03-01T10:00:00.123456Z 192.0.2.10 40001 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 \"-\" - - Success " +
        "TID_0f1e2d3c4b5a69788796a5b4c3d2e1f0 - app/web/50dc6c495c0c9188 127.0.64.1\n",
        Line(Secure));

    [Fact]
    public void One_whose_handshake_failed_has_no_latency_and_tells_so() => Assert.Equal(
        "2026-03-01T10:00:00.123456Z 192.0.2.10 40001 443 - - - \"-\" - - Failed:UnmappedConnectionError " +
        "TID_0f1e2d3c4b5a69788796a5b4c3d2e1f0 - app/web/50dc6c495c0c9188 127.0.64.1\n",
        Line(Secure with { Failure = "UnmappedConnectionError", Handshake = null, Cipher = null, TlsVersion = null }));

    [Fact]
    public void A_client_certificate_is_told_and_what_is_wrong_with_it() => Assert.Equal(
        "2026-03-01T10:00:00.123456Z 192.0.2.10 40001 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 - \"CN=a,O=\\x5C\\x22b\\x5C\\x22\" " +
        "NotBefore=2026-02-01T00:00:00Z;NotAfter=2026-04-01T00:00:00Z FEF2 Failed:ClientCertUntrusted " +
        "TID_0f1e2d3c4b5a69788796a5b4c3d2e1f0 - app/web/50dc6c495c0c9188 127.0.64.1\n",
        Line(Secure with
        {
            Failure = "ClientCertUntrusted", Handshake = null,
            ClientCertificate = new(
                "CN=a,O=\\\"b\\\"", "FEF2", new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero)),
        }));

    [Fact]
    public void One_without_TLS_has_dashes_for_all_that_is_about_it() => Assert.Equal(
        "2026-03-01T10:00:00.123456Z 192.0.2.10 40001 443 - - - \"-\" - - - - - app/web/50dc6c495c0c9188 127.0.64.1\n",
        Line(new() { At = Secure.At }));

    [Fact]
    public void An_object_is_told_from_those_of_requests() => Assert.Matches(
        "^p/AWSLogs/123456789012/elasticloadbalancing/us-east-1/2026/03/01/conn_log_123456789012_elasticloadbalancing_us-east-1_" +
        @"app\.web\.50dc6c495c0c9188_20260301T1005Z_127\.0\.64\.1_[a-z0-9]{8}\.log\.gz$",
        ObjectName.New(Web, new(2026, 3, 1, 10, 5, 0, TimeSpan.Zero)));

    [Fact]
    public void The_test_object_is_AWSs() => Assert.Equal(
        "p/AWSLogs/123456789012/ELBConnectionLogTestFile", ObjectName.OfTest(Id, Web.AccessLog));

    private static string Line(AccessLogConnection connection)
    {
        var line = new LogText();
        var entry = new AccessLogEntry
        {
            LoadBalancer = Id, Port = 443, IsHttp = true, ReceivedAt = connection.At, LoggedAt = connection.At,
            Client = new(IPAddress.Parse("192.0.2.10"), 40001), Connection = connection,
        };
        ConnectionLogLine.Append(line, entry, connection, Web);
        Assert.Matches(Fields(), line.ToString());
        return line.ToString();
    }

    // As tables for Athena read such lines.
    [GeneratedRegex(
        "^([^ ]*) ([^ ]*) ([0-9]*) ([0-9]*) ([A-Za-z0-9.-]*) ([^ ]*) ([-.0-9]*) \"([^\"]*)\" ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*)( .*)?\n$")]
    private static partial Regex Fields();
}
