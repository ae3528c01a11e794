using System.Security.Cryptography;
using System.Text;
using CloudLb.AwsApi.SigV4;
using CloudLb.Tests.Unit.AwsApi;

namespace CloudLb.Tests.Unit.Passthrough;

/// <summary>Bodies that are signed chunk by chunk, as S3's clients send them over plain HTTP.</summary>
public sealed class SignedChunkTests : IAsyncLifetime
{
    private const string Chunked = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string Trailing = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";

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
    public async Task They_arrive_whole_and_with_a_hash()
    {
        var answer = await Demo.SendAsync(Request(Chunked, ["hello, ", "world"]));

        Assert.Equal(200, answer.Status);
        var asked = Assert.Single(_other.Asked);
        Assert.Equal(("hello, world", "12", "gzip"), (asked.Text(), asked.Headers["Content-Length"], asked.Headers["Content-Encoding"]));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("hello, world"u8)), asked.Headers["X-Amz-Content-Sha256"]);
        Assert.DoesNotContain("X-Amz-Decoded-Content-Length", asked.Headers.Keys);
    }

    [Fact]
    public async Task A_checksum_behind_the_body_moves_to_the_head()
    {
        var answer = await Demo.SendAsync(Request(Trailing, ["hello"], trailer: "x-amz-checksum-crc32:NhCmhg=="));

        Assert.Equal(200, answer.Status);
        var asked = Assert.Single(_other.Asked);
        Assert.Equal(("hello", "NhCmhg=="), (asked.Text(), asked.Headers["x-amz-checksum-crc32"]));
        Assert.DoesNotContain("X-Amz-Trailer", asked.Headers.Keys);
    }

    [Theory]
    [InlineData("hello", "jello")]
    [InlineData("\r\n0;", "\r\n1;")]
    [InlineData("NhCmhg", "AAAAAA")]
    [InlineData("x-amz-checksum-crc32:NhCmhg==\r\n", "")]
    [InlineData("x-amz-trailer", "x-amz-acl:private\r\nx-amz-trailer")]
    [InlineData("5;chunk-signature=", "5;chunk-signature=0")]
    [InlineData("5;", "-5;")]
    [InlineData("5;", "ffffffffffffffff;")]
    public async Task A_change_of_a_chunk_or_of_what_follows_is_refused_and_nothing_of_it_goes_further(string part, string changed)
    {
        var request = Request(Trailing, ["hello"], trailer: "x-amz-checksum-crc32:NhCmhg==");
        var body = await request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(part, body, StringComparison.Ordinal);
        Replace(request, body.Replace(part, changed, StringComparison.Ordinal));

        var answer = await Demo.SendAsync(request);

        Assert.True(answer.Status is 400 or 403, answer.Body);
        Assert.Empty(_other.Asked);
    }

    [Fact]
    public async Task A_body_that_ends_before_its_last_chunk_is_refused()
    {
        var request = Request(Chunked, ["hello"]);
        var body = await request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Replace(request, body[..(body.IndexOf("\r\n0;", StringComparison.Ordinal) + 2)]);

        Assert.Equal(400, (await Demo.SendAsync(request)).Status);
        Assert.Empty(_other.Asked);
    }

    [Fact]
    public async Task With_its_own_signature_a_body_stays_in_its_chunks()
    {
        await using var server = await PassingServer.StartAsync(
            _other.Url, options => options.Accounts = [new() { AccountId = KnownCredentials.Account, Unchanged = true }]);
        var request = Request(Chunked, ["hello"], server.Demo);
        var body = await request.Content!.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(200, (await server.Demo.SendAsync(request)).Status);

        Assert.Equal(body, Assert.Single(_other.Asked).Text());
    }

    private static void Replace(HttpRequestMessage request, string body)
    {
        var type = request.Content!.Headers.ContentEncoding.ToList();
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        type.ForEach(request.Content.Headers.ContentEncoding.Add);
    }

    private HttpRequestMessage Request(string payload, string[] chunks, DemoServer? server = null, string? trailer = null)
    {
        List<(string, string)> headers =
        [
            ("X-Amz-Decoded-Content-Length", $"{chunks.Sum(chunk => chunk.Length)}"), ("Content-Encoding", "aws-chunked"),
            ("Content-Encoding", "gzip"),
        ];
        if (trailer is not null)
        {
            headers.Add(("X-Amz-Trailer", trailer.Split(':')[0]));
        }

        var request = (server ?? Demo).Signed("s3", "PUT /bucket/key", [], payload, headers: [.. headers]);
        var signature = request.Headers.GetValues("Authorization").Single().Split("Signature=")[1];
        const string Scope = "20150830/us-east-1/s3/aws4_request";
        var key = SigningKey.Derive(KnownCredentials.SecretAccessKey, "20150830", "us-east-1", "s3").Bytes.ToArray();
        string Sign(string kind, string rest) => signature = Convert.ToHexStringLower(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256-{kind}\n20150830T123600Z\n{Scope}\n{signature}\n{rest}")));
        var body = new StringBuilder();
        foreach (var chunk in chunks.Append(""))
        {
            body.Append(null, $"{chunk.Length:x};chunk-signature={Sign("PAYLOAD", $"{Hash("")}\n{Hash(chunk)}")}\r\n{chunk}");
            body.Append(chunk.Length > 0 || trailer is null ? "\r\n" : "");
        }

        if (trailer is not null)
        {
            body.Append(null, $"{trailer}\r\nx-amz-trailer-signature:{Sign("TRAILER", Hash($"{trailer}\n"))}\r\n\r\n");
        }

        Replace(request, body.ToString());
        return request;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
