using System.Text;
using System.Text.Json;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Audit;
using CloudLb.AwsApi.Throttling;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>
/// What is written down of calls that were refused: little, in files of its own, and never in the place of what was done.
/// </summary>
public sealed class RefusedCallTests : IAsyncLifetime
{
    private const string Form = "Action=Echo&Version=2012-06-01&Text=hello";
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly DemoServer _server;
    private bool _isStopped;

    public RefusedCallTests()
    {
        _server = new([], configure: services => services
            .AddAccountThrottling(new ThrottlingOptions { RequestsPerSecond = 1, Burst = 1 })
            .AddCallAudit(new AuditOptions(), _directory));
    }

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_flood_of_refused_calls_leaves_the_record_of_what_was_done_alone_and_is_bounded_itself()
    {
        const int Flood = 3000;
        Assert.Equal(200, (await _server.SendSignedAsync(Form)).Status);
        for (var number = 0; number < Flood; number++)
        {
            var request = _server.Post($"Action=Nope{number}&Version=2012-06-01&Text={new string('x', 1000)}");
            request.Headers.TryAddWithoutValidation("User-Agent", new string('<', 2000));
            await _server.SendAsync(request);
        }

        await StopAsync();

        Assert.Single(Lines("audit.log"));
        Assert.InRange(Lines("refused.log").Count, 1, Flood / 2);
        Assert.All(
            File.ReadLines(Path.Combine(_directory, "refused.log")),
            line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, RefusedLine.MaxLength - 1));
        Assert.InRange(_server.Log.Lines.Count(line => line.Text.Contains("refused", StringComparison.OrdinalIgnoreCase)), 1, 150);
    }

    [Fact]
    public async Task A_refused_signature_is_told_with_its_caller_and_without_parameters_and_signature()
    {
        var broken = _server.Post(Form);
        broken.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=a, my-secret-signature");
        await _server.SendAsync(broken);
        var wrong = _server.Post(Form);
        wrong.Headers.TryAddWithoutValidation("User-Agent", "aws-cli/2.9 \"odd\"");
        await _server.SignerFor(secret: "other").SignAsync(wrong, TestContext.Current.CancellationToken);
        var answer = await _server.SendAsync(wrong);
        var logged = Assert.Single(
            _server.Log.Lines,
            line =>
                line.Text.StartsWith("Refused", StringComparison.Ordinal)
                    && line.Text.Contains("SignatureDoesNotMatch", StringComparison.Ordinal));
        await StopAsync();
        var lines = Lines("refused.log");

        Assert.Equal("IncompleteSignature", lines[0].GetProperty("errorCode").GetString());
        Assert.Equal(
            $"Refused Echo from 127.0.0.1 with the key AKIDEXAMPLE, request {answer.Header("x-amzn-RequestId")}: SignatureDoesNotMatch",
            logged.Text);
        Assert.Equal(
            """
            {"userIdentity":{"type":"Unknown","accessKeyId":"AKIDEXAMPLE"},"eventTime":"2015-08-30T12:36:00Z",
            "eventSource":"elasticloadbalancing.amazonaws.com","eventName":"Echo","sourceIPAddress":"127.0.0.1","errorCode":"SignatureDoesNotMatch",
            "requestID":"REQUEST","userAgent":"aws-cli/2.9 ?odd?"}
            """.ReplaceLineEndings("").Replace("REQUEST", answer.Header("x-amzn-RequestId"), StringComparison.Ordinal),
            lines[1].GetRawText());
        Assert.DoesNotContain(
            "my-secret-signature",
            await File.ReadAllTextAsync(Path.Combine(_directory, "refused.log"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_are_refused_alike_are_joined_and_counted()
    {
        for (var time = 0; time < 20; time++)
        {
            await _server.SendAsync(_server.Post(Form));
        }

        await StopAsync();
        var lines = Lines("refused.log");

        // Twenty in all, whichever windows they fell into.
        Assert.InRange(lines.Count, 2, 6);
        Assert.Equal(20, lines.Sum(line => line.TryGetProperty("repeats", out var repeats) ? repeats.GetInt32() : 1));
        Assert.Contains(
            _server.Log.Lines, line => line.Id.Id == 1011 && line.Text.Contains("MissingAuthenticationToken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caller_who_asks_too_often_is_refused_too_and_named()
    {
        await _server.SendSignedAsync(Form);
        Assert.Equal("Throttling", (await _server.SendSignedAsync(Form)).Code);
        await StopAsync();

        Assert.Single(Lines("audit.log"));
        var refused = Assert.Single(Lines("refused.log"));
        Assert.Equal("Throttling", refused.GetProperty("errorCode").GetString());
        Assert.Equal(KnownCredentials.Account, refused.GetProperty("userIdentity").GetProperty("accountId").GetString());
    }

    [Fact]
    public async Task What_a_refused_caller_sends_cannot_forge_a_line()
    {
        var hostile = Uri.EscapeDataString("\r\n\u001b[2J2026-01-01 warn: \"forged\u2028");
        await _server.SendAsync(_server.Post($"Action={hostile}&Version=2012-06-01"));
        await StopAsync();

        Assert.Equal("???[2J2026-01-01 warn: ?forged?", Assert.Single(Lines("refused.log")).GetProperty("eventName").GetString());
        Assert.All(
            _server.Log.Lines.Where(line => line.Text.StartsWith("Refused", StringComparison.Ordinal)),
            line => Assert.DoesNotContain(line.Text, char.IsControl));
    }

    private async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _server.StopAsync();
            await _server.DisposeAsync();
        }
    }

    private List<JsonElement> Lines(string name) =>
        [.. File.ReadLines(Path.Combine(_directory, name)).Select(line => JsonDocument.Parse(line).RootElement)];
}
