using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Audit;
using CloudLb.AwsApi.Protocols.Query;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>What is written down of calls, through a real Kestrel into a real file.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private const string Form = "Action=Echo&Version=2012-06-01&Text=hello";
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly DemoServer _server;

    public AuditTests()
    {
        _server = new([], configure: services => services.AddCallAudit(new AuditOptions(), AuditDirectory));
    }

    private string AuditDirectory => Path.Combine(_directory, "audit");

    private string AuditPath => Path.Combine(AuditDirectory, "audit.log");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_directory);
        await _server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_call_has_a_line_in_CloudTrail_s_form()
    {
        var request = _server.Post($"{Form}&Names.member.1=a&Names.member.2=b&Deep.One.SSLCertificateId=c");
        request.Headers.TryAddWithoutValidation("User-Agent", "aws-cli/2.9 \"odd\" <b>");
        var answer = await _server.SendSignedAsync(request);
        var line = Assert.Single(await LinesAsync(1));
        var eventId = line.GetProperty("eventID").GetString();

        Assert.Equal(
            """
            {"eventVersion":"1.08","userIdentity":{"type":"Root","principalId":"123456789012","arn":"arn:aws:iam::123456789012:root","accountId":"123456789012",
            "accessKeyId":"AKIDEXAMPLE"},"eventTime":"2015-08-30T12:36:00Z","eventSource":"elasticloadbalancing.amazonaws.com","eventName":"Echo",
            "awsRegion":"us-east-1","sourceIPAddress":"127.0.0.1","userAgent":"aws-cli/2.9 \u0022odd\u0022 \u003Cb\u003E","requestParameters":{"text":"hello",
            "names":["a","b"],"deep":{"one":{"sSLCertificateId":"c"}}},"responseElements":null,"requestID":"REQUEST","eventID":"EVENT","readOnly":false,
            "eventType":"AwsApiCall","apiVersion":"2012-06-01","managementEvent":true,"recipientAccountId":"123456789012","eventCategory":"Management"}
            """.ReplaceLineEndings("").Replace("REQUEST", answer.Header("x-amzn-RequestId"), StringComparison.Ordinal).Replace("EVENT", eventId, StringComparison.Ordinal),
            line.GetRawText());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(AuditPath));
    }

    [Fact]
    public async Task A_refused_operation_is_written_with_its_error()
    {
        await _server.SendSignedAsync("Action=Echo&Version=2012-06-01&Text=nothing");
        await _server.SendSignedAsync("Action=Nope&Version=1999-01-01");
        var lines = await LinesAsync(2);

        Assert.Equal(("NothingToSay", "There is nothing to say."), (Text(lines[0], "errorCode"), Text(lines[0], "errorMessage")));
        Assert.Equal(
            ("Nope", "InvalidAction", "elasticloadbalancing.amazonaws.com"),
            (Text(lines[1], "eventName"), Text(lines[1], "errorCode"), Text(lines[1], "eventSource")));
    }

    [Fact]
    public async Task A_call_in_JSON_or_CBOR_is_written_as_a_form_is_its_secrets_hidden()
    {
        await _server.SendSignedAsync(
            _server.InJson("""{"Text":"hello","Names":["a","b"],"Deep":{"Password":"hush","Depth":1.5}}"""u8.ToArray()));
        byte[] secret = [0xA2, 0x64, .. "Text"u8, 0x65, .. "hello"u8, 0x68, .. "Password"u8, 0x64, .. "hush"u8];
        await _server.SendSignedAsync(_server.InCbor(secret));
        var lines = await LinesAsync(2);

        Assert.All(lines, line => Assert.Equal(
            ("Echo", "elasticloadbalancing.amazonaws.com"), (Text(line, "eventName"), Text(line, "eventSource"))));
        Assert.Equal(
            """{"text":"hello","names":["a","b"],"deep":{"password":"HIDDEN_DUE_TO_SECURITY_REASONS","depth":"1.5"}}""",
            lines[0].GetProperty("requestParameters").GetRawText());
        Assert.DoesNotContain("hush", lines[1].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_whose_client_went_away_is_written_too()
    {
        var url = _server.Signer.Presign(new Uri(_server.Url, "/?Action=Echo&Version=2012-06-01&Text=wait"), TimeSpan.FromMinutes(5));
        using (var client = new TcpClient(url.Host, url.Port))
        {
            await client
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes($"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n"),
                    TestContext.Current.CancellationToken);
            await UntilAsync(() => Echo.HasWaiting);
        }

        Assert.Equal("RequestAborted", Text((await LinesAsync(1))[0], "errorCode"));
    }

    [Fact]
    public async Task A_private_key_is_hidden_wherever_it_was_put_by_mistake()
    {
        const string Pem = "-----BEGIN CERTIFICATE-----%0A-----BEGIN EC PRIVATE KEY-----%0Amy-secret%0A-----END EC PRIVATE KEY-----";
        await _server.SendSignedAsync($"{Form}&CertificateBody={Pem}&Deep.member.1={Pem}");
        await _server.SendSignedAsync($"Action=Echo&Version=2012-06-01&Text=x&Times={Pem}");
        var lines = await LinesAsync(2);

        Assert.Equal(
            "HIDDEN_DUE_TO_SECURITY_REASONS", lines[0].GetProperty("requestParameters").GetProperty("certificateBody").GetString());
        Assert.Equal("MalformedInput", Text(lines[1], "errorCode"));
        Assert.All(lines, line => Assert.DoesNotContain("my-secret", line.GetRawText(), StringComparison.Ordinal));
    }

    /// <summary>As JSON has bytes, wherever in a group of three the key begins.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("xy")]
    public async Task A_private_key_in_base64_is_hidden_too(string before)
    {
        const string Pem = "\n-----BEGIN PRIVATE KEY-----\nmy-secret\n-----END PRIVATE KEY-----\n";
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes(before + Pem));
        await _server.SendSignedAsync($"{Form}&Certificate={Uri.EscapeDataString(encoded)}");

        Assert.Equal(
            "HIDDEN_DUE_TO_SECURITY_REASONS",
            (await LinesAsync(1))[0].GetProperty("requestParameters").GetProperty("certificate").GetString());
    }

    [Fact]
    public async Task A_secret_is_in_no_line_neither_as_parameter_nor_in_a_message()
    {
        await _server.SendSignedAsync($"{Form}&PrivateKey=my-secret&Deep.member.1.SecretAccessKey=my-secret");
        await _server.SendSignedAsync("Action=Echo&Version=2012-06-01&Times=my-secret&PrivateKey=my-secret&Text=x");
        var presigned = _server.Signer.Presign(new Uri(_server.Url, $"/?{Form}"), TimeSpan.FromMinutes(5));
        await _server.SendAsync(new HttpRequestMessage(HttpMethod.Get, presigned));
        var lines = await LinesAsync(3);

        Assert.Equal("HIDDEN_DUE_TO_SECURITY_REASONS", lines[0].GetProperty("requestParameters").GetProperty("privateKey").GetString());
        Assert.Equal(
            "HIDDEN_DUE_TO_SECURITY_REASONS",
            lines[0].GetProperty("requestParameters").GetProperty("deep")[0].GetProperty("secretAccessKey").GetString());
        Assert.Equal(("MalformedInput", null), (Text(lines[1], "errorCode"), Text(lines[1], "errorMessage")));
        Assert.Equal("""{"text":"hello"}""", lines[2].GetProperty("requestParameters").GetRawText());
    }

    [Fact]
    public async Task Whatever_a_client_sends_stays_one_line_of_JSON_of_a_bounded_length()
    {
        // The cut would fall into the middle of the sign, which takes two UTF-16 units.
        var action = Uri.EscapeDataString($"\"\n\u2028{new string('x', 124)}\U0001F600{new string('y', 100_000)}");
        await _server.SendSignedAsync($"Action={action}&Version=%00%0A&%22%0A%7D=%0A&.=1&a..b=2&member=3&a.member.1=4&A.member.1=5");
        await _server.SendSignedAsync($"{Form}&Names.member.1={new string('z', 100_000)}");
        await _server.SendSignedAsync($"{Form}&{string.Join('.', Enumerable.Repeat("a", 200))}=1");
        var lines = await LinesAsync(3);

        Assert.All(
            await File.ReadAllLinesAsync(AuditPath, TestContext.Current.CancellationToken), line => Assert.True(line.Length < 10_000));
        Assert.True(lines[1].GetProperty("requestParameters").GetProperty("omitted").GetBoolean());
        Assert.Equal("Echo", Text(lines[2], "eventName"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_fails_no_call_and_is_told_once_and_what_is_missing_is_counted()
    {
        await File.WriteAllTextAsync(AuditDirectory, "in the way", TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await _server.SendSignedAsync(Form)).Status);
        }

        await UntilAsync(() => _server.Log.Lines.Any(line => line.Id.Id == 1002));
        File.Delete(AuditDirectory);
        await UntilAsync(async () =>
        {
            await _server.SendSignedAsync(Form);
            return _server.Log.Lines.Any(line => line.Id.Id == 1003);
        });

        Assert.Single(_server.Log.Lines, line => line.Id.Id == 1002);
        Assert.NotEmpty(await LinesAsync(1));
    }

    [Fact]
    public async Task A_full_disk_fails_no_call()
    {
        Directory.CreateDirectory(AuditDirectory);
        File.CreateSymbolicLink(AuditPath, "/dev/full");

        Assert.Equal(200, (await _server.SendSignedAsync(Form)).Status);
        await UntilAsync(() => _server.Log.Lines.Any(line => line.Id.Id == 1002));
        Assert.Equal(200, (await _server.SendSignedAsync(Form)).Status);
    }

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private async Task<List<JsonElement>> LinesAsync(int count)
    {
        await UntilAsync(() => File.Exists(AuditPath) && File.ReadAllText(AuditPath).Count(character => character == '\n') >= count);
        return [.. File.ReadLines(AuditPath).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
