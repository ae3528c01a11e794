using System.Net.Sockets;
using System.Text;
using CloudLb.Tests.Unit.AwsApi;

namespace CloudLb.Tests.Unit.Passthrough;

/// <summary>
/// What the other endpoint never sees: calls that nobody has signed so, and bodies that are not the ones that were signed.
/// </summary>
public sealed class NotPassedOnTests : IAsyncLifetime
{
    private const int Mebibyte = 1024 * 1024;

    private OtherEndpoint _other = null!;
    private PassingServer _server = null!;

    private DemoServer Demo => _server.Demo;

    public async ValueTask InitializeAsync()
    {
        _other = await OtherEndpoint.StartAsync();
        _server = await PassingServer.StartAsync(_other.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task A_wrong_signature_is_not()
    {
        Assert.Equal(400, (await Demo.SendAsync(Demo.ListTables(secret: "another"))).Status);
        Assert.Equal(403, (await Demo.SendAsync(Demo.Signed("s3", "GET /bucket", secret: "another"))).Status);
        Assert.Equal(
            403, (await Demo.SendAsync(Demo.Signed("s3", "PUT /bucket/key", new byte[10], Requests.Unsigned, secret: "another"))).Status);
        var form = Demo.Post("Action=ListTopics&Version=2010-03-31");
        await Demo.SignerFor(secret: "another", service: "sns").SignAsync(form, TestContext.Current.CancellationToken);
        Assert.Equal(403, (await Demo.SendAsync(form)).Status);
        Assert.Empty(_other.Asked);
    }

    [Fact]
    public async Task Nobody_s_call_and_another_account_s_are_not()
    {
        await using var other = await PassingServer.StartAsync(_other.Url, options => options.Accounts[0].AccountId = "999999999999");

        Assert.Contains("MissingAuthenticationTokenException", (await Demo.SendAsync(Unsigned())).Body, StringComparison.Ordinal);
        Assert.Contains("not spoken", (await other.Demo.SendAsync(other.Demo.ListTables())).Body, StringComparison.Ordinal);
        Assert.Empty(_other.Asked);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(Mebibyte + 10)]
    public async Task A_body_that_is_not_the_one_that_was_signed_is_not(int length)
    {
        var declared = Demo.Signed("s3", "PUT /bucket/key", new byte[length]);
        var body = new byte[length];
        body[^1] = 1;
        declared.Content = new ByteArrayContent(body);
        var answer = await Demo.SendAsync(declared);
        Assert.Equal(400, answer.Status);
        Assert.Contains("<Code>XAmzContentSHA256Mismatch</Code>", answer.Body, StringComparison.Ordinal);

        var hashed = Demo.Bare("POST /2015-03-31/functions", new byte[length]);
        await Demo.SignerFor(service: "lambda").SignAsync(hashed, TestContext.Current.CancellationToken);
        hashed.Content = new ByteArrayContent(body);
        Assert.Equal("InvalidSignatureException", (await Demo.SendAsync(hashed)).Header("x-amzn-ErrorType"));
        Assert.Empty(_other.Asked);
        await Waiting.UntilAsync(() => !_server.Spooled.Any(), "the end of the waiting bodies");
    }

    [Fact]
    public async Task A_body_longer_than_memory_holds_goes_through_the_disk_and_leaves_nothing_there()
    {
        var body = new byte[2 * Mebibyte];
        Random.Shared.NextBytes(body);

        Assert.Equal(200, (await Demo.SendAsync(Demo.Signed("s3", "PUT /bucket/key", body))).Status);

        Assert.Equal(body, Assert.Single(_other.Asked).Body);
        await Waiting.UntilAsync(() => !_server.Spooled.Any(), "the end of the waiting bodies");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_long_is_refused(bool isChunked)
    {
        var body = new byte[(2 * Mebibyte) + 1];
        foreach (var payload in new[] { null, Requests.Unsigned })
        {
            var request = Demo.Signed("s3", "PUT /bucket/key", body, payload);
            request.Headers.TransferEncodingChunked = isChunked;
            request.Headers.ExpectContinue = true;
            Assert.Equal(400, (await Demo.SendAsync(request)).Status);
        }

        Assert.Empty(_other.Asked);
    }

    [Fact]
    public async Task A_body_of_which_nothing_was_signed_streams_whatever_its_length_is_said_to_be()
    {
        var body = new byte[2 * Mebibyte];
        Random.Shared.NextBytes(body);
        var request = Demo.Signed("s3", "PUT /bucket/key", body, Requests.Unsigned);
        request.Headers.TransferEncodingChunked = true;

        Assert.Equal(200, (await Demo.SendAsync(request)).Status);

        var asked = Assert.Single(_other.Asked);
        Assert.Equal((Requests.Unsigned, "chunked"), (asked.Headers["X-Amz-Content-Sha256"], asked.Headers["Transfer-Encoding"]));
        Assert.Equal(body, asked.Body);
    }

    [Fact]
    public async Task A_header_that_was_slipped_in_is_not()
    {
        var request = Demo.Signed("s3", "PUT /bucket/key", [1]);
        request.Headers.Add("x-amz-copy-source", "/secrets/key");

        Assert.Equal(403, (await Demo.SendAsync(request)).Status);
        Assert.Empty(_other.Asked);
    }

    [Fact]
    public async Task A_session_token_is_not_ours_to_believe()
    {
        var answer = await Demo.SendAsync(Demo.Signed("s3", "GET /bucket", headers: ("X-Amz-Security-Token", "token")));

        Assert.Contains("<Code>InvalidAccessKeyId</Code>", answer.Body, StringComparison.Ordinal);
        Assert.Empty(_other.Asked);
    }

    [Fact]
    public async Task A_redirect_is_the_caller_s_to_follow()
    {
        await using var third = await OtherEndpoint.StartAsync();
        await using var second = await OtherEndpoint.StartAsync(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = third.Url.ToString();
            return Task.CompletedTask;
        });
        await using var first = await PassingServer.StartAsync(second.Url);

        var answer = await first.Demo.SendAsync(first.Demo.ListTables());

        Assert.Equal((307, third.Url), (answer.Status, answer.Response.Headers.Location));
        Assert.Empty(third.Asked);
    }

    [Theory]
    [InlineData("GET http://169.254.169.254/latest HTTP/1.1")]
    [InlineData("GET //169.254.169.254/latest HTTP/1.1")]
    [InlineData("GET /@169.254.169.254/ HTTP/1.1")]
    public async Task No_target_leads_anywhere_else(string line)
    {
        var target = line.Split(' ')[1];
        var path = target.StartsWith("http", StringComparison.Ordinal) ? "/latest" : target;
        var signed = Demo.Signed("s3", $"GET {path}");
        var head = $"{line}\r\nHost: {Demo.Url.Authority}\r\nConnection: close\r\n" + string.Concat(
            signed.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}\r\n"));
        using var connection = new TcpClient();
        await connection.ConnectAsync(Demo.Url.Host, Demo.Url.Port, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\n"), TestContext.Current.CancellationToken);
        var answer = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);

        // What is passed on stays a path of the other endpoint; what is no path is refused.
        Assert.Matches(_other.Asked.IsEmpty ? "^HTTP/1.1 400 " : "^HTTP/1.1 200 ", answer);
        Assert.All(_other.Asked, asked => Assert.Equal((path, Demo.Url.Authority), (asked.Target, asked.Headers["Host"])));
    }

    [Fact]
    public async Task An_endpoint_that_is_away_or_says_nothing_is_told_in_the_caller_s_protocol()
    {
        var gone = await OtherEndpoint.StartAsync();
        var url = gone.Url;
        await gone.DisposeAsync();
        await using var away = await PassingServer.StartAsync(url);
        await using var silent = await OtherEndpoint.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var slow = await PassingServer.StartAsync(silent.Url, options => options.Timeout = TimeSpan.FromSeconds(1));

        var refused = await away.Demo.SendAsync(away.Demo.ListTables());
        Assert.Equal((503, "application/x-amz-json-1.0"), (refused.Status, refused.Response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("#ServiceUnavailableException", refused.Body, StringComparison.Ordinal);
        Assert.NotNull(refused.Header("x-amzn-RequestId"));

        // However often it is asked, the log has it once.
        await away.Demo.SendAsync(away.Demo.ListTables());
        Assert.Contains(
            $"The endpoint {url.GetLeftPart(UriPartial.Authority)} cannot be reached: Connection refused",
            Assert.Single(away.Demo.Log.Lines, line => line.Id.Id == 8801).Text, StringComparison.Ordinal);

        var late = await slow.Demo.SendAsync(slow.Demo.Signed("s3", "GET /bucket"));
        Assert.Equal(504, late.Status);
        Assert.Contains("<Error><Code>GatewayTimeout</Code>", late.Body, StringComparison.Ordinal);
    }

    private HttpRequestMessage Unsigned()
    {
        var request = Demo.Bare("POST /", "{}"u8.ToArray());
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        return request;
    }
}
