using System.Net.Sockets;
using System.Text;
using CloudLb.AwsApi.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>
/// Bodies of callers whom nobody knows yet, byte by byte: what is answered before they come, and how long one is waited for.
/// </summary>
public sealed class UnverifiedBodyTests : IAsyncLifetime
{
    private const string Form = "Action=Echo&Version=2012-06-01&Text=hello";

    /// <summary>Of no small body, and never sent.</summary>
    private const int Large = (1024 * 1024) - 4;

    private readonly DemoServer _server = new([]);

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(null, "MissingAuthenticationToken")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=AKIDUNKNOWN/20150830/us-east-1/elasticloadbalancing/aws4_request, " +
            "SignedHeaders=host, Signature=00",
        "InvalidClientTokenId")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=AKIDINACTIVE/20150830/us-east-1/elasticloadbalancing/aws4_request, " +
            "SignedHeaders=host, Signature=00",
        "InvalidClientTokenId")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150829/us-east-1/elasticloadbalancing/aws4_request, SignedHeaders=host, Signature=00",
        "SignatureDoesNotMatch")]
    [InlineData(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/elasticloadbalancing/aws4_request, SignedHeaders=date, Signature=00",
        "SignatureDoesNotMatch")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE, SignedHeaders=host, Signature=00", "IncompleteSignature")]
    [InlineData("Basic dXNlcjpwYXNz", "IncompleteSignature")]
    public async Task What_the_headers_refuse_is_answered_without_its_body(string? authorization, string code)
    {
        using var connection = await ConnectAsync();
        await SendAsync(connection, Head(Large, authorization) + "A");

        // Nothing more is sent: who reads the body first answers nothing now.
        var answer = await HeadOfAnswerAsync(connection);

        Assert.Contains($"<Code>{code}</Code>", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Equal(0, Room.Taken);
    }

    [Fact]
    public async Task A_key_that_nobody_knows_is_refused_before_even_a_small_body()
    {
        using var connection = await ConnectAsync();
        await SendAsync(connection, Head(
            Form.Length,
            "AWS4-HMAC-SHA256 Credential=AKIDUNKNOWN/20150830/us-east-1/elasticloadbalancing/aws4_request, SignedHeaders=host, Signature=00"));

        Assert.Contains("<Code>InvalidClientTokenId</Code>", await HeadOfAnswerAsync(connection), StringComparison.Ordinal);

        // The body that comes afterwards is passed over, and the connection is as good as before.
        await SendAsync(connection, Form + Head(0, null));
        Assert.Contains("<Code>MissingAuthenticationToken</Code>", await HeadOfAnswerAsync(connection), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_sends_a_whole_body_regardless_still_reads_its_answer()
    {
        using var connection = await ConnectAsync();
        await SendAsync(connection, Head(Large, null) + new string('a', Large));

        Assert.Contains(
            "<Code>MissingAuthenticationToken</Code>", await new StreamReader(connection.GetStream()).ReadToEndAsync(Token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_has_until_its_deadline_however_it_trickles()
    {
        await using var hasty = new DemoServer(
            [], configure: services => services.AddSingleton(new ReceivingOptions { BodyTimeout = TimeSpan.FromSeconds(1) }));
        await hasty.InitializeAsync();
        using var connection = await ConnectAsync(hasty);
        await SendAsync(connection, Head(Large, KnownKey));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var trickle = Task.Run(
            async () =>
            {
                // Fast enough for the least rate that Kestrel asks for.
                while (!ended.IsCancellationRequested)
                {
                    await SendAsync(connection, new string('a', 1000));
                    await Task.Delay(50, ended.Token);
                }
            },
            ended.Token);

        var answer = await HeadOfAnswerAsync(connection);
        await ended.CancelAsync();

        Assert.Contains("<Code>RequestTimeoutException</Code>", answer, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => trickle);
    }

    [Fact]
    public async Task Bodies_of_a_known_key_that_do_not_come_have_one_bound_and_let_others_pass()
    {
        const int Held = 60;
        var connections = new List<TcpClient>();
        try
        {
            for (var number = 0; number < Held; number++)
            {
                connections.Add(await ConnectAsync());
                await SendAsync(connections[^1], Head(Large, KnownKey) + new string('a', 1000));
            }

            await UntilAsync(() => Room.Taken >= 7 * Large);

            // A third of the three quarters of 32 MiB.
            Assert.InRange(Room.Taken, 1, 8 * 1024 * 1024);
            Assert.Equal("hello", (await _server.SendSignedAsync(Form)).Echo().Text);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }

        await UntilAsync(() => Room.Taken == 0);
        Assert.Equal(
            "a",
            (await _server.SendSignedAsync($"Action=Echo&Version=2012-06-01&Text=a&Unknown={new string('x', 1_000_000)}")).Echo().Text);
    }

    private static string KnownKey =>
        $"AWS4-HMAC-SHA256 Credential={KnownCredentials.AccessKeyId}/20150830/us-east-1/elasticloadbalancing/aws4_request, " +
        $"SignedHeaders=host, Signature={new string('0', 64)}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BodyRoom Room => _server.Services.GetRequiredService<BodyRoom>();

    private static string Head(int length, string? authorization) =>
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Amz-Date: 20150830T123600Z\r\n" +
        $"{(authorization is null ? "" : $"Authorization: {authorization}\r\n")}Content-Length: {length}\r\n\r\n";

    private static async Task SendAsync(TcpClient connection, string text) =>
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Token);

    /// <summary>Up to the end of the document; the connection may stay open.</summary>
    private static async Task<string> HeadOfAnswerAsync(TcpClient connection)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!text.ToString().Contains("</ErrorResponse>", StringComparison.Ordinal))
        {
            var length = await connection.GetStream().ReadAsync(buffer, patience.Token);
            Assert.True(length > 0, $"The connection ended after '{text}'.");
            text.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }

        return text.ToString();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private Task<TcpClient> ConnectAsync() => ConnectAsync(_server);

    private static async Task<TcpClient> ConnectAsync(DemoServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port, Token);
        return client;
    }
}
