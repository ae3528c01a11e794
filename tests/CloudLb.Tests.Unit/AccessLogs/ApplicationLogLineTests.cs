using System.Net;
using System.Text.RegularExpressions;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed partial class ApplicationLogLineTests
{
    private const string Group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/api/0123456789abcdef";

    private static readonly LoadBalancerId Id = new("alb", new("123456789012"), "us-east-1", "web");

    private static readonly LoggedLoadBalancer Web = new(
        Id, new() { Bucket = "logs", Prefix = "p", Interval = TimeSpan.FromMinutes(5) }, "web-1.us-east-1.elb.localhost",
        IPAddress.Parse("127.0.64.1"), [443])
    {
        Application = new(
            "app/web/50dc6c495c0c9188",
            new Dictionary<string, string> { ["api-0123456789abcdef"] = Group },
            new(
                new Dictionary<int, string> { [443] = "arn:aws:acm:us-east-1:123456789012:certificate/1" },
                new Dictionary<string, string> { ["AB01"] = "arn:aws:acm:us-east-1:123456789012:certificate/2" }))
        {
            GrpcPools = new HashSet<string> { "calls-0123456789abcdef" },
        },
    };

    private static readonly AccessLogEntry Get = new()
    {
        LoadBalancer = Id,
        Port = 80,
        IsHttp = true,
        ReceivedAt = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero).AddMicroseconds(123_456),
        LoggedAt = new(2026, 3, 1, 10, 0, 1, TimeSpan.Zero),
        Client = new(IPAddress.Parse("192.0.2.10"), 40001),
        Instance = new(IPAddress.Parse("10.0.0.5"), 8080),
        Times = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(48), TimeSpan.Zero),
        Status = 200,
        InstanceStatus = 200,
        Request = new("GET", false, "app.example.test", "/a?b=1", "1.1"),
        UserAgent = "curl/8.5.0",
        Decision = new()
        {
            Rule = 10, Action = "forward", Pool = "api-0123456789abcdef", TraceId = "Root=1-58337281-1d84f3d73c47ec4e58577259",
            ConnectionId = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", AllReceived = 34, AllSent = 366,
        },
    };

    [Fact]
    public void A_request_reads_as_in_the_user_guide() => Assert.Equal(
        "http 2026-03-01T10:00:01.000000Z app/web/50dc6c495c0c9188 192.0.2.10:40001 10.0.0.5:8080 0.001 0.048 0.000 200 200 34 366 " +
        $"\"GET http://app.example.test:80/a?b=1 HTTP/1.1\" \"curl/8.5.0\" - - {Group} \"Root=1-58337281-1d84f3d73c47ec4e58577259\" " +
        "\"-\" \"-\" 10 2026-03-01T10:00:00.123456Z \"forward\" \"-\" \"-\" \"10.0.0.5:8080\" \"200\" \"-\" \"-\" " +
        "TID_0f1e2d3c4b5a69788796a5b4c3d2e1f0 \"-\" \"-\" \"-\"\n",
        Line(Get));

    [Fact]
    public void A_redirect_tells_where_to_and_no_target() => Assert.Equal(
        "http 2026-03-01T10:00:01.000000Z app/web/50dc6c495c0c9188 192.0.2.10:40001 - -1 -1 -1 301 - 34 366 " +
        "\"GET http://app.example.test:80/a?b=1 HTTP/1.1\" \"curl/8.5.0\" - - - \"-\" \"-\" \"-\" 0 2026-03-01T10:00:00.123456Z " +
        "\"redirect\" \"https://app.example.test:443/a\" \"-\" \"-\" \"-\" \"-\" \"-\" - \"-\" \"-\" \"-\"\n",
        Line(Get with
        {
            Instance = null, Times = null, InstanceStatus = null, Status = 301,
            Decision = new()
            {
                Rule = 0, Action = "redirect", Location = "https://app.example.test:443/a", AllReceived = 34, AllSent = 366,
            },
        }));

    [Theory]
    [InlineData(false, "1.1", 200, "http")]
    [InlineData(true, "1.1", 200, "https")]
    [InlineData(true, "2.0", 200, "h2")]
    [InlineData(false, "1.1", 101, "ws")]
    [InlineData(true, "1.1", 101, "wss")]
    public void The_type_is_that_of_the_connection(bool isSecure, string version, int status, string type) => Assert.StartsWith(
        $"{type} ", Line(Get with { Status = status, Request = new("GET", isSecure, "a", "/", version) }));

    [Theory]
    [InlineData("POST", "calls-0123456789abcdef", "grpcs")]
    [InlineData("GET", "calls-0123456789abcdef", "h2")]
    [InlineData("POST", "api-0123456789abcdef", "h2")]
    public void A_call_of_a_group_with_gRPC_is_told_as_such(string method, string pool, string type) => Assert.StartsWith(
        $"{type} ", Line(Get with { Request = new(method, true, "a", "/", "2.0"), Decision = Get.Decision! with { Pool = pool } }));

    [Fact]
    public void A_client_that_went_away_is_460_and_what_was_ambiguous_is_told()
    {
        var line = Line(Get with
        {
            Status = null, InstanceStatus = null, Instance = null, Times = null,
            Decision = Get.Decision! with { IsAbandoned = true, Class = new("Ambiguous", "SuspiciousHeader") },
        });

        Assert.Contains(" - -1 -1 -1 460 - 34 366 ", line, StringComparison.Ordinal);
        Assert.Contains("\"Ambiguous\" \"SuspiciousHeader\" TID_", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secure_request_tells_name_certificate_and_cipher() => Assert.Contains(
        " ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ",
        Line(Get with
        {
            Port = 443, Cipher = "ECDHE-RSA-AES128-GCM-SHA256", TlsVersion = "TLSv1.2",
            Decision = Get.Decision! with { ServerName = "app.example.test" },
        }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(443, null, "certificate/1")]
    [InlineData(8443, "AB01", "certificate/2")]
    [InlineData(443, "AB01", "certificate/2")]
    public void Of_several_certificates_the_one_that_was_shown_is_told(int port, string? fingerprint, string certificate) =>
        Assert.Contains(
            $" \"a.test\" \"arn:aws:acm:us-east-1:123456789012:{certificate}\" 10 ",
            Line(Get with
            {
                Port = port, TlsVersion = "TLSv1.3", Decision = Get.Decision! with { ServerName = "a.test", Certificate = fingerprint },
            }),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("new.test", "/new", "TransformSuccess", "\"new.test\" \"/new\" \"TransformSuccess\"\n")]
    [InlineData("app.example.test", "/a?b=1", "TransformSuccess", "\"-\" \"-\" \"TransformSuccess\"\n")]
    [InlineData(null, "/n \"w", "TransformSuccess", "\"-\" \"/n \\x22w\" \"TransformSuccess\"\n")]
    [InlineData(null, null, "TransformInvalidHost", "\"-\" \"-\" \"TransformInvalidHost\"\n")]
    public void What_a_rule_has_made_of_a_request_is_told_where_it_is_not_what_it_was(
        string? host, string? target, string outcome, string end) => Assert.EndsWith(
            end, Line(Get with { Decision = Get.Decision! with { Transform = new(host, target, outcome) } }), StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_sent_a_line_has_its_fields()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var line = Line(Get with
            {
                Request = round % 7 == 0 ? null : new(Bytes(), false, Bytes(), Bytes(), Bytes()),
                UserAgent = Bytes(),
                Decision = round % 5 == 0
                    ? null
                    : Get.Decision! with
                    {
                        TraceId = Bytes(), ServerName = Bytes(), Location = Bytes(), Pool = Bytes(),
                        Transform = new(Bytes(), Bytes(), "TransformSuccess"),
                    },
            });

            Assert.Matches(Fields(), line);
            Assert.All(line[..^1], character => Assert.InRange(character, ' ', '~'));
        }

        string Bytes() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(256)));
    }

    [Fact]
    public void An_object_is_named_after_type_name_and_id_and_compressed() => Assert.Matches(
        "^p/AWSLogs/123456789012/elasticloadbalancing/us-east-1/2026/03/01/123456789012_elasticloadbalancing_us-east-1_" +
        @"app\.web\.50dc6c495c0c9188_20260301T1005Z_127\.0\.64\.1_[a-z0-9]{8}\.log\.gz$",
        ObjectName.New(Web, new(2026, 3, 1, 10, 5, 0, TimeSpan.Zero)));

    private static string Line(AccessLogEntry entry)
    {
        var line = new LogText();
        AccessLogLine.Append(line, entry, Web);
        return line.ToString();
    }

    // As tables for Athena read such lines.
    [GeneratedRegex(
        "^([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]?([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*) " +
        "([-0-9]*) ([-0-9]*) \"([^ ]*) ([^ ]*) (- |[^ ]*)\" \"([^\"]*)\" ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) \"([^\"]*)\" " +
        "\"([^\"]*)\" \"([^\"]*)\" ([-.0-9]*) ([^ ]*) \"([^\"]*)\" \"([^\"]*)\" \"([^ ]*)\" \"([^\\s]+?)\" \"([^\\s]+)\" " +
        "\"([^ ]*)\" \"([^ ]*)\" ([^ ]*) \"([^\"]*)\" \"([^\"]*)\" \"([A-Za-z-]*)\"\n$")]
    private static partial Regex Fields();
}
