using System.Text;
using CloudLb.Core.AccessLogs;
using CloudLb.HAProxy.AccessLog;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed class RawLogReaderTests
{
    private const string Http =
        "R 1795256755135405 123456789012:us-east-1:web:80 7F000001 60804 0A000005 8080 0 1 1 121 200 88 644 - - - " +
        "{a|c#20\\ #7B||||1795256755013973} {500||1795256755016876|143|0|200} GET /b#22 HTTP/1.1";

    /// <summary>As processes write it that an earlier CloudLb has started.</summary>
    private const string EncodedHttp =
        "H 1795256755013973 1795256755013973 1795256755016876 1795256755135405 123456789012:us-east-1:web:80 127.0.0.1 60804 10.0.0.5 " +
        "8080 1 1 121 200 200 88 644 88 0 - 143 0 - 7 - - R0VU MS4x YQ== L2I= Yw==";

    private const string Tcp = "T 1795256755220064 1795256755222593 123456789012:us-east-1:web:81 127.0.0.1 49080 10.0.0.5 22 1 2 4 83 " +
        "118 - -";

    private const string Application =
        "B 1795256755135405 alb:123456789012:us-east-1:web:80 7F000001 60804 0A000005 8080 0 1 1 121 200 88 644 - " +
        "TLS_AES_128_GCM_SHA256 TLSv1.3 alb:123456789012:us-east-1:web:api -- 7 - - - 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 YS50ZXN0 " +
        "AB01 1795256755000000/13/ bmV3LnRlc3Q= L25ldw== {a|c#20\\ #7B||||1795256755013973|Root=1} {500||1795256755016876|143|0|200} GET " +
        "/b#22 HTTP/1.1";

    private const string FailedConnection =
        "G 1795256755222593 alb:123456789012:us-east-1:web:443 127.0.0.1 49080 0 PR 7 5 TLS_AES_128_GCM_SHA256 TLSv1.3 " +
        "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 1795256755215593 167773208 18 0 " +
        "FEF2/3236313133303037313134365A/3236313230353037313134365A/Q049Y2wsTz1hIFwiYlwiLEM9VVM";

    private const string Tls =
        "N 1795256755222593 nlb:123456789012:us-east-1:mail:443 127.0.0.1 49080 127.0.64.1 443 5 70 83 118 " +
        "TLS_AES_128_GCM_SHA256 TLSv1.3 YS50ZXN0 aDI= AB01 0";

    private const string HttpError = "E 1795256755222593 123456789012:us-east-1:web:80 127.0.0.1 49080 400 7 - -";

    private const string TcpError = "F 1795256755222593 123456789012:us-east-1:web:81 127.0.0.1 49080 7 - -";

    [Fact]
    public void Texts_are_read_as_they_were_sent()
    {
        var entry = Read(Http)!;

        Assert.Equal(
            ("GET", "a", "/b\"", "1.1", "c \\ {"),
            (entry.Request!.Method, entry.Request.Host, entry.Request.Target, entry.Request.Version, entry.UserAgent));
    }

    [Fact]
    public void A_first_request_tells_of_its_connection_and_of_what_its_rule_has_made_of_it()
    {
        var entry = Read(Application)!;

        Assert.Equal(
            ("a.test", "AB01", 7, new AccessLogTransform("new.test", "/new", "TransformSuccess"), "Root=1"),
            (entry.Decision!.ServerName, entry.Decision.Certificate, entry.Decision.Rule, entry.Decision.Transform,
                entry.Decision.TraceId));
        Assert.Equal(
            new AccessLogConnection
            {
                At = DateTimeOffset.UnixEpoch.AddMicroseconds(1795256755013000), Id = entry.Decision.ConnectionId, IsSecure = true,
                Handshake = TimeSpan.FromMilliseconds(13), Cipher = "TLS_AES_128_GCM_SHA256", TlsVersion = "TLSv1.3",
            },
            entry.Connection);
        Assert.Null(Read(Application.Replace("1795256755000000/13/", "-", StringComparison.Ordinal))!.Connection);
        Assert.True(Read(Application.Replace("alb:123456789012:us-east-1:web:api", "pass_on", StringComparison.Ordinal))!
            .IsOfConnectionAlone);
    }

    [Fact]
    public void A_client_certificate_is_told_of_a_connection_that_failed_and_of_one_that_did_not()
    {
        var certificate = new AccessLogClientCertificate(
            "CN=cl,O=a \\\"b\\\",C=US", "FEF2", new(2026, 11, 30, 7, 11, 46, TimeSpan.Zero), new(2026, 12, 5, 7, 11, 46, TimeSpan.Zero));
        var told = FailedConnection.Split(' ')[^1];

        Assert.Equal(
            ("ClientCertUntrusted", certificate),
            (Read(FailedConnection)!.Connection!.Failure, Read(FailedConnection)!.Connection!.ClientCertificate));
        Assert.Equal(
            certificate,
            Read(Application.Replace("00/13/", $"00/13/{told}", StringComparison.Ordinal))!.Connection!.ClientCertificate);
        Assert.Null(Read(FailedConnection.Replace(told, "-/-/-/-", StringComparison.Ordinal))!.Connection!.ClientCertificate);
    }

    [Theory]
    [InlineData("10", "0", "ClientCertExpired")]
    [InlineData("0", "10", "ClientCertExpired")]
    [InlineData("23", "0", "ClientCertCrlHit")]
    [InlineData("0", "0", "UnmappedConnectionError")]
    [InlineData("-", "-", "UnmappedConnectionError")]
    public void What_is_wrong_with_a_client_certificate_is_told_in_AWSs_word(string leaf, string issuer, string expected) =>
        Assert.Equal(expected, ClientCertificateFields.FailureOf(leaf, issuer));

    [Theory]
    [InlineData("0", null, 5)]
    [InlineData("167773208", 48, null)]
    [InlineData("167772427", null, null)]
    public void A_connection_by_TLS_tells_what_the_client_complained_of(string error, int? alert, int? handshake)
    {
        var entry = Read($"{Tls[..^1]}{error}")!;

        Assert.Equal((alert, handshake), (entry.Tls!.Alert, (int?)entry.Tls.Handshake?.TotalMilliseconds));
        Assert.Equal(("a.test", "AB01", "127.0.64.1:443"), (entry.Tls.ServerName, entry.Tls.Certificate, entry.Tls.Destination.ToString()));
        Assert.Equal(TimeSpan.FromMilliseconds(70), entry.LoggedAt - entry.ReceivedAt);
        Assert.Equal(handshake is not null, entry.Cipher is not null);
    }

    [Theory]
    [InlineData("a.test", null, "TransformSuccess")]
    [InlineData("a b", "/x", "TransformInvalidHost")]
    [InlineData(null, "x", "TransformInvalidPath")]
    [InlineData("", null, "TransformInvalidHost")]
    public void What_is_no_host_and_no_path_has_not_been_made_of_a_request(string? host, string? target, string outcome) =>
        Assert.Equal(outcome, TransformFields.Read(host, target)!.Outcome);

    [Theory]
    [InlineData("167773208", "TLS_AES_128_GCM_SHA256", "PR", "0", true, false, true)]
    [InlineData("0", "TLS_AES_128_GCM_SHA256", "PR", "0", false, true, true)]
    [InlineData("0", "(NONE)", "PR", "0", true, true, true)]
    [InlineData("-", "-", "CR", "400", false, true, false)]
    [InlineData("-", "-", "PR", "400", false, false, false)]
    [InlineData("-", "-", "cR", "408", false, false, false)]
    public void A_connection_that_never_came_to_a_request_is_none(
        string error, string cipher, string ended, string status, bool isFailed, bool isAlone, bool isSecure)
    {
        var entry = Read(FailedConnection.Replace("167773208", error, StringComparison.Ordinal)
            .Replace(" 0 PR ", $" {status} {ended} ", StringComparison.Ordinal)
            .Replace("TLS_AES_128_GCM_SHA256", cipher, StringComparison.Ordinal))!;

        Assert.Equal(
            (isFailed, isAlone, isSecure), (entry.Connection!.Failure is not null, entry.IsOfConnectionAlone, entry.Connection.IsSecure));
        Assert.Equal(cipher.StartsWith('T'), entry.Connection.Cipher is not null);
        Assert.Equal(isSecure && !isFailed, entry.Connection.Handshake is not null);
    }

    [Fact]
    public void A_request_from_an_IPv6_address_with_a_body_in_chunks_is_read()
    {
        var entry = Read(Http.Replace("7F000001", "20010DB8000000000000000000000001", StringComparison.Ordinal)
            .Replace(" 88 644 - ", " 191 644 88/10 ", StringComparison.Ordinal))!;

        Assert.Equal(("[2001:db8::1]:60804", 112L), (entry.Client.ToString(), entry.ReceivedBytes));
    }

    [Fact]
    public void What_was_cut_for_its_length_is_an_entry_and_what_was_torn_is_none()
    {
        var head = Http[..Http.LastIndexOf("/b", StringComparison.Ordinal)];
        var target = $"/{new string('p', LogSections.LongestRequestLine)}"[..(LogSections.LongestRequestLine - "GET ".Length - 1)];

        Assert.Equal((target[..16384], "1.1"), (Read(head + target)!.Request!.Target, Read(head + target)!.Request!.Version));
        Assert.Null(Read(head + target[..^1]));
        var escaped = string.Concat(Enumerable.Repeat("#22", LogSections.LongestLine))[..((LogSections.LongestLine - head.Length) / 3 * 3)];
        Assert.Equal(new string('"', 16384), Read(head + escaped)!.Request!.Target);
    }

    [Theory]
    [InlineData("R 1 123456789012:us-east-1:web:80 7F000001 1 - - 0 0 0 0 200 0 0 - - - {a|b||||1} {||1|1|1|200} GET /forged HTTP/1.1")]
    [InlineData(
        "B 1 alb:1:us-east-1:w:80 7F000001 1 - - 0 0 0 0 200 0 0 - - - a - - - - - - - - - - - {a|b||||1|} {||1|1|1|200} GET / HTTP/1.1")]
    [InlineData(
        "H 1 1 1 1 123456789012:us-east-1:web:80 127.0.0.1 1 10.0.0.5 80 1 1 1 200 200 8 6 8 0 - 1 0 - 7 - - R0VU MS4x YQ== L2I= Yw==")]
    public void A_text_cannot_be_a_line_not_even_behind_half_a_line(string forged)
    {
        var spelled = forged.Replace("{", "#7B", StringComparison.Ordinal).Replace("|", "#7C", StringComparison.Ordinal)
            .Replace("}", "#7D", StringComparison.Ordinal);
        var line = Http.Replace("c#20", $"{spelled} ", StringComparison.Ordinal);

        Assert.StartsWith(forged, Read(line)!.UserAgent, StringComparison.Ordinal);
        for (var start = 1; start < line.Length; start++)
        {
            Assert.Null(Read(line[start..]));
        }
    }

    [Theory]
    [InlineData(Http)]
    [InlineData(EncodedHttp)]
    public void Waiting_and_connecting_are_the_load_balancers_time(string line)
    {
        var entry = Read(line)!;

        Assert.Equal(
            (2000, 903, 0),
            (entry.Times!.Request.TotalMicroseconds, entry.Times.Instance.TotalMicroseconds, entry.Times.Response.TotalMicroseconds));
        Assert.Equal((0L, 500L), (entry.ReceivedBytes, entry.SentBytes));
    }

    [Fact]
    public void What_an_earlier_version_has_written_is_read()
    {
        var entry = Read(EncodedHttp)!;

        Assert.Equal(
            ("GET", "a", "/b", "1.1", "c"),
            (entry.Request!.Method, entry.Request.Host, entry.Request.Target, entry.Request.Version, entry.UserAgent));
    }

    [Fact]
    public void A_connection_has_the_time_that_connecting_took()
    {
        var entry = Read(Tcp)!;

        Assert.Equal((TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(2)), (entry.Times!.Request, entry.Times.Instance));
        Assert.Equal((83L, 118L, 81, false), (entry.ReceivedBytes, entry.SentBytes, entry.Port, entry.IsHttp));
    }

    [Theory]
    [InlineData(Http)]
    [InlineData(EncodedHttp)]
    [InlineData(Application)]
    [InlineData(FailedConnection)]
    [InlineData(Tls)]
    [InlineData(Tcp)]
    public void A_line_that_is_cut_or_damaged_is_no_entry_or_another_one_and_never_an_error(string line)
    {
        for (var length = 0; length < line.LastIndexOf(' '); length++)
        {
            Assert.Null(Read(line[..length]));
        }

        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.Latin1.GetBytes(line);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            _ = new RawLogReader().Read(bytes, out _);
        }
    }

    [Theory]
    [InlineData(Http, Http)]
    [InlineData(Http, EncodedHttp)]
    [InlineData(EncodedHttp, Http)]
    [InlineData(EncodedHttp, EncodedHttp)]
    [InlineData(EncodedHttp, Tcp)]
    [InlineData(Http, Tcp)]
    [InlineData(Http, HttpError)]
    [InlineData(Http, TcpError)]
    [InlineData(Tcp, Http)]
    [InlineData(Tcp, Tcp)]
    [InlineData(HttpError, Http)]
    [InlineData(TcpError, Tcp)]
    [InlineData(Application, Application)]
    [InlineData(Application, FailedConnection)]
    [InlineData(FailedConnection, Application)]
    [InlineData(FailedConnection, Http)]
    [InlineData(Tls, Tls)]
    [InlineData(Tcp, Tls)]
    [InlineData(Tls, FailedConnection)]
    public void A_line_that_follows_half_a_line_without_a_break_is_read_and_the_half_is_told(string torn, string whole)
    {
        var expected = Read(whole);

        for (var length = 2; length < torn.Length; length++)
        {
            Assert.Equal(expected, new RawLogReader().Read(Encoding.Latin1.GetBytes(torn[..length] + whole), out var isBroken));
            Assert.True(isBroken);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0")]
    [InlineData("Proxy 123456789012:us-east-1:web:80 stopped (cumulated conns: FE: 9, BE: 0).")]
    [InlineData("H")]
    public void What_HAProxy_notes_besides_is_not_ours(string line)
    {
        Assert.Null(new RawLogReader().Read(Encoding.Latin1.GetBytes(line), out var isBroken));
        Assert.False(isBroken);
    }

    private static AccessLogEntry? Read(string line) =>
        new RawLogReader().Read(Encoding.Latin1.GetBytes(line), out _);
}
