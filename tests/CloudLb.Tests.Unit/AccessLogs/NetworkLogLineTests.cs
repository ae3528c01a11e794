using System.Net;
using System.Text.RegularExpressions;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed partial class NetworkLogLineTests
{
    private static readonly LoadBalancerId Id = new("nlb", new("123456789012"), "us-east-1", "mail");

    private static readonly LoggedLoadBalancer Mail = new(
        Id, new() { Bucket = "logs", Interval = TimeSpan.FromMinutes(5) }, "mail.test", IPAddress.Parse("127.0.64.1"), [])
    {
        Network = new(
            "net/mail/c6e77e28c25b2234",
            new Dictionary<int, string> { [443] = "g3d4b5e8bb8464cd" },
            new(
                new Dictionary<int, string> { [443] = "arn:aws:acm:us-east-1:123456789012:certificate/1" },
                new Dictionary<string, string> { ["AB01"] = "arn:aws:acm:us-east-1:123456789012:certificate/2" })),
    };

    private static readonly AccessLogEntry Secure = new()
    {
        LoadBalancer = Id, Port = 443, IsHttp = false, ReceivedAt = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
        LoggedAt = new(2026, 3, 1, 10, 0, 10, TimeSpan.Zero), Client = new(IPAddress.Parse("192.0.2.10"), 40001),
        ReceivedBytes = 98, SentBytes = 246, Cipher = "ECDHE-RSA-AES128-GCM-SHA256", TlsVersion = "TLSv1.2",
        Tls = new()
        {
            Destination = new(IPAddress.Parse("127.0.64.1"), 443), Duration = TimeSpan.FromSeconds(10),
            Handshake = TimeSpan.FromMilliseconds(2), ServerName = "mail.test", Alpn = "h2",
        },
    };

    [Fact]
    public void A_connection_reads_as_in_the_user_guide() => Assert.Equal(
        "tls 2.0 2026-03-01T10:00:10 net/mail/c6e77e28c25b2234 g3d4b5e8bb8464cd 192.0.2.10:40001 127.0.64.1:443 10000 2 98 246 - " +
        "arn:aws:acm:us-east-1:123456789012:certificate/1 - ECDHE-RSA-AES128-GCM-SHA256 tlsv12 - mail.test h2 - - 2026-03-01T10:00:00\n",
        Line(Secure));

    [Fact]
    public void One_whose_handshake_failed_has_dashes_and_the_alert() => Assert.Equal(
        "tls 2.0 2026-03-01T10:00:10 net/mail/c6e77e28c25b2234 g3d4b5e8bb8464cd 192.0.2.10:40001 127.0.64.1:443 10000 - 0 0 48 " +
        "- - - - - mail.test - - - 2026-03-01T10:00:00\n",
        Line(Secure with
        {
            ReceivedBytes = 0, SentBytes = 0, Cipher = null, TlsVersion = null,
            Tls = Secure.Tls! with { Handshake = null, Alert = 48, Alpn = null },
        }));

    [Fact]
    public void The_certificate_is_the_one_that_was_shown() => Assert.Contains(
        " - arn:aws:acm:us-east-1:123456789012:certificate/2 - ", Line(Secure with { Tls = Secure.Tls! with { Certificate = "AB01" } }),
        StringComparison.Ordinal);

    [Fact]
    public void Connections_of_other_listeners_have_no_line() => Assert.Empty(Line(Secure with { Tls = null }));

    [Fact]
    public void Whatever_a_client_asks_for_a_line_has_its_fields()
    {
        var random = new Random(5);
        for (var round = 0; round < 1000; round++)
        {
            Assert.Matches(Fields(), Line(Secure with { Tls = Secure.Tls! with { ServerName = Bytes(), Alpn = Bytes() } }));
        }

        string Bytes() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(256)));
    }

    [Fact]
    public void An_object_does_not_name_the_node() => Assert.Matches(
        "^AWSLogs/123456789012/elasticloadbalancing/us-east-1/2026/03/01/123456789012_elasticloadbalancing_us-east-1_" +
        @"net\.mail\.c6e77e28c25b2234_20260301T1005Z_[a-z0-9]{8}\.log\.gz$",
        ObjectName.New(Mail, new(2026, 3, 1, 10, 5, 0, TimeSpan.Zero)));

    private static string Line(AccessLogEntry entry)
    {
        var line = new LogText();
        AccessLogLine.Append(line, entry, Mail);
        return line.ToString();
    }

    // As tables for Athena read such lines.
    [GeneratedRegex(
        "^([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*):([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-0-9]*) ([-0-9]*) ([-0-9]*) " +
        "([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*) ([!-~]+) ([!-~]+) ([^ ]*) ([^ ]*) ([^ ]*)\n$")]
    private static partial Regex Fields();
}
