using System.Security.Cryptography;
using System.Text;
using CloudLb.AwsApi.SigV4;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>When a signature counts, and where it says when it was made, through a real Kestrel.</summary>
public sealed class SignatureClockTests(DemoServer server) : IClassFixture<DemoServer>
{
    private const string Form = "Action=Echo&Version=2012-06-01&Text=hello";
    private const string Target = $"/?{Form}";

    [Theory]
    [InlineData(-900, null)]
    [InlineData(900, null)]
    [InlineData(-901, "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T122059Z + 15 min.)")]
    [InlineData(901, "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)")]
    public async Task A_clock_may_be_off_by_a_quarter_of_an_hour(int seconds, string? message)
    {
        await using var late = await StartAsync();
        var request = late.Post(Form);
        await late.Signer.SignAsync(request, TestContext.Current.CancellationToken);
        late.Clock.Now += TimeSpan.FromSeconds(seconds);

        var answer = await late.SendAsync(request);

        Assert.Equal(message is null ? (200, null, null) : (403, "SignatureDoesNotMatch", message), answer.Error);
    }

    [Theory]
    [InlineData(60, 60, null)]
    [InlineData(60, 61, "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123701Z - 1 min.)")]
    [InlineData(3600, 900, null)]
    [InlineData(3600, 901, "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)")]
    [InlineData(60, -901, "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T122059Z + 15 min.)")]
    public async Task A_presigned_url_lives_as_long_as_it_says_but_at_most_a_quarter_of_an_hour(int expires, int seconds, string? message)
    {
        await using var late = await StartAsync();
        var url = late.Signer.Presign(new Uri(late.Url, Target), TimeSpan.FromSeconds(expires));
        late.Clock.Now += TimeSpan.FromSeconds(seconds);

        var answer = await late.SendAsync(new HttpRequestMessage(HttpMethod.Get, url));

        Assert.Equal(message is null ? (200, null, null) : (403, "SignatureDoesNotMatch", message), answer.Error);
    }

    [Theory]
    [InlineData("X-Amz-Date", "2015-08-30T12:36:00Z")]
    [InlineData("Date", "20150830T123600Z")]
    [InlineData("Date", "Sun, 30 Aug 2015 12:36:00 GMT")]
    public async Task The_time_may_stand_in_another_header_or_form(string name, string value)
    {
        // Only host is signed, so the header with the date may be replaced: the string to sign has the same time.
        var request = server.Post("");
        request.RequestUri = new Uri(server.Url, Target);
        request.Content = null;
        await server.Signer.SignAsync(request, TestContext.Current.CancellationToken);
        var presigned = SigningHostOnly(request);
        request.Headers.Remove("X-Amz-Date");
        request.Headers.TryAddWithoutValidation(name, value);
        request.ReplaceHeader("Authorization", _ => presigned);

        Assert.Equal("hello", (await server.SendAsync(request)).Echo().Text);
    }

    [Fact]
    public async Task An_unreadable_date_is_refused()
    {
        var request = await server.SignedPostAsync(Form);
        request.ReplaceHeader("X-Amz-Date", _ => "yesterday");

        Assert.Equal(
            (
                400, "IncompleteSignature",
                "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601"),
            (await server.SendAsync(request)).Error);
    }

    private static async Task<DemoServer> StartAsync()
    {
        var server = new DemoServer();
        await server.InitializeAsync();
        return server;
    }

    private static string SigningHostOnly(HttpRequestMessage request)
    {
        var scope = new CredentialScope(
            KnownCredentials.AccessKeyId, "20150830", "us-east-1", "elasticloadbalancing", CredentialScope.ValidTerminator);
        var key = SigningKey.Derive(KnownCredentials.SecretAccessKey, scope.Date, scope.Region, scope.Service);
        var digits = new byte[64];
        var canonical = new CanonicalRequest
        {
            Method = request.Method.Method,
            Path = "/",
            Query = Form,
            Headers = new HeaderDictionary { ["Host"] = request.RequestUri!.Authority },
            SignedHeaders = "host",
            BodyHash = SHA256.HashData([]),
        };
        RequestSignature.Compute(canonical, DemoServer.Noon, scope, key, digits);
        return $"AWS4-HMAC-SHA256 Credential={KnownCredentials.AccessKeyId}/{scope.Date}/{scope.Region}/{scope.Service}/aws4_request," +
            $"SignedHeaders=host,Signature={Encoding.ASCII.GetString(digits)}";
    }
}
