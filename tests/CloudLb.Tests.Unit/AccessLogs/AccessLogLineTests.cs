using System.Net;
using System.Text.RegularExpressions;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core.AccessLogs;
using CloudLb.Elb.Status;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed partial class AccessLogLineTests
{
    private static readonly AccessLogEntry Get = new()
    {
        LoadBalancer = Sample.Key().ToId(),
        Port = 80,
        IsHttp = true,
        ReceivedAt = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).AddMicroseconds(123_456),
        LoggedAt = new(2026, 3, 1, 10, 0, 1, TimeSpan.Zero),
        Client = new(IPAddress.Parse("192.0.2.10"), 40001),
        Instance = new(IPAddress.Parse("10.0.0.5"), 8080),
        Times = new(TimeSpan.FromMicroseconds(45), TimeSpan.FromMicroseconds(1200), TimeSpan.FromMicroseconds(31)),
        Status = 200,
        InstanceStatus = 200,
        SentBytes = 512,
        Request = new("GET", false, "app.example.test", "/a?b=1", "1.1"),
        UserAgent = "curl/8.5.0",
    };

    private static readonly AccessLogEntry Connection = Get with
    {
        IsHttp = false, Status = null, InstanceStatus = null, Request = null, UserAgent = null, ReceivedBytes = 120, SentBytes = 944,
    };

    [Fact]
    public void A_request_reads_as_in_the_user_guide() => Assert.Equal(
        "2026-03-01T10:00:00.123456Z web 192.0.2.10:40001 10.0.0.5:8080 0.000045 0.001200 0.000031 200 200 0 512 " +
        "\"GET http://app.example.test:80/a?b=1 HTTP/1.1\" \"curl/8.5.0\" - -\n",
        Line(Get));

    [Fact]
    public void A_secure_request_tells_its_cipher() => Assert.Equal(
        "2026-03-01T10:00:00.123456Z web 192.0.2.10:40001 10.0.0.5:8080 0.000045 0.001200 0.000031 200 200 17 512 " +
        "\"POST https://app.example.test:443/x HTTP/1.1\" \"-\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2\n",
        Line(Get with
        {
            Port = 443, ReceivedBytes = 17, UserAgent = null, Request = new("POST", true, "app.example.test:8443", "/x", "1.1"),
            Cipher = "ECDHE-RSA-AES128-GCM-SHA256", TlsVersion = "TLSv1.2",
        }));

    [Fact]
    public void A_connection_without_HTTP_has_dashes() => Assert.Equal(
        "2026-03-01T10:00:00.123456Z web 192.0.2.10:40001 10.0.0.5:8080 0.000045 0.001200 0.000031 - - 120 944 \"- - - \" \"-\" - -\n",
        Line(Connection));

    [Fact]
    public void Without_an_answer_of_an_instance_times_are_minus_one() => Assert.Equal(
        "2026-03-01T10:00:00.123456Z web 192.0.2.10:40001 - -1 -1 -1 503 0 0 0 \"GET http://app.example.test:80/a?b=1 HTTP/1.1\" " +
        "\"curl/8.5.0\" - -\n",
        Line(Get with { Instance = null, Times = null, Status = 503, InstanceStatus = null, SentBytes = 0 }));

    [Fact]
    public void A_request_that_could_not_be_read_names_the_load_balancer() => Assert.Equal(
        "2026-03-01T10:00:00.123456Z web 192.0.2.10:40001 - -1 -1 -1 400 0 0 0 \"- http://web-123456789.us-east-1.elb.localhost:80- \" " +
        "\"-\" - -\n",
        Line(
            Get with
            {
                Instance = null,
                Times = null,
                Status = 400,
                InstanceStatus = null,
                SentBytes = 0,
                Request = null,
                UserAgent = null,
            }));

    [Theory]
    [InlineData("a:8080", "/", "http://a:80/")]
    [InlineData("[2001:db8::1]:8080", "/x", "http://[2001:db8::1]:80/x")]
    [InlineData("[2001:db8::1]", "/x", "http://[2001:db8::1]:80/x")]
    [InlineData("", "/", "http://web-123456789.us-east-1.elb.localhost:80/")]
    [InlineData("a", "http://a:81/x/y?z", "http://a:80/x/y?z")]
    [InlineData("a", "http://a", "http://a:80/")]
    [InlineData("a", "*", "http://a:80/*")]
    [InlineData("a b", "/\"", "http://a\\x20b:80/\\x22")]
    public void The_address_is_made_of_the_host_the_listeners_port_and_the_target(string host, string target, string expected) =>
        Assert.Contains(
            $" \"GET {expected} HTTP/1.1\" ", Line(Get with { Request = new("GET", false, host, target, "1.1") }),
            StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_sent_a_line_has_its_fifteen_fields()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var line = Line(Get with { Request = new(Bytes(), false, Bytes(), Bytes(), Bytes()), UserAgent = Bytes() });

            // As the table for Athena in AWS's user guide has it.
            Assert.Matches(Fields(), line);
            Assert.All(line[..^1], character => Assert.InRange(character, ' ', '~'));
        }

        string Bytes() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(256)));
    }

    [Fact]
    public void What_is_not_plain_is_two_hexadecimal_digits_a_byte() =>
        Assert.Contains(
            "\"x\\x22y\\x5Cz\\x00\\x0A\\xFF w\"", Line(Get with { UserAgent = "x\"y\\z\0\n\u00ff w" }), StringComparison.Ordinal);

    private static string Line(AccessLogEntry entry)
    {
        var line = new LogText();
        AccessLogLine.Append(line, entry, ClassicLoggedLoadBalancers.Of(Sample.LoadBalancer()));
        return line.ToString();
    }

    [GeneratedRegex(
        "^([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*) ([-0-9]*) " +
        "([-0-9]*) \"([^ ]*) ([^ ]*) (- |[^ ]*)\" (\"[^\"]*\") ([A-Z0-9-]+) ([A-Za-z0-9.-]*)\n$")]
    private static partial Regex Fields();
}
