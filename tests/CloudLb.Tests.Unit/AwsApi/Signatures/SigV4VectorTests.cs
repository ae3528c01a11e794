using System.Security.Cryptography;
using System.Text;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.SigV4;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>The signature against values made by others: botocore's signer, and AWS's published suite.</summary>
public sealed class SigV4VectorTests
{
    private const string ElbHost = "elasticloadbalancing.us-east-1.amazonaws.com";
    private const string SuiteHost = "example.amazonaws.com";

    [Fact]
    public void A_signed_form_post_has_the_hash_and_signature_that_botocore_makes()
    {
        var headers = new HeaderDictionary
        {
            ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8",
            ["Host"] = ElbHost,
            ["X-Amz-Date"] = "20150830T123600Z",
        };
        const string Body = "Action=DescribeLoadBalancers&Version=2012-06-01&LoadBalancerNames.member.1=my-lb";

        Assert.Equal(
            "e4a5178d9ae7da27e4b673f66e3c7aa48008e9d49667ed344481bd13cb9b1a91",
            HashOf("POST", "/", "", headers, "content-type;host;x-amz-date", Body));
        Assert.Equal(
            "5db6bfc6157241bbc35fe952743dcb736ad1642c217fc19acafbcf4f1e168f09",
            SignatureOf("POST", "/", "", headers, "content-type;host;x-amz-date", Body, "elasticloadbalancing"));
    }

    [Fact]
    public void The_signing_key_is_the_one_that_botocore_derives() => Assert.Equal(
        "b7ca911a136ee90b21282df9f4cc7dafda4400d6d364c16022f6c305abbb5612",
        Convert.ToHexStringLower(
            SigningKey.Derive(KnownCredentials.SecretAccessKey, "20150830", "us-east-1", "elasticloadbalancing").Bytes));

    [Fact]
    public void Signatures_that_are_made_with_one_key_at_once_are_each_their_own()
    {
        var key = SigningKey.Derive(KnownCredentials.SecretAccessKey, "20150830", "us-east-1", "elasticloadbalancing");
        var texts = Enumerable.Range(0, 2_000).Select(number => Encoding.ASCII.GetBytes($"text {number}")).ToArray();

        var made = texts.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(text =>
        {
            var signature = new byte[32];
            key.Sign(text, signature);
            return Convert.ToHexStringLower(signature);
        });

        Assert.Equal(texts.Select(text => Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, text))), made);
    }

    [Fact]
    public void A_presigned_url_has_the_signature_that_botocore_makes()
    {
        var signer = new SigV4Signer(
            KnownCredentials.AccessKeyId, KnownCredentials.SecretAccessKey, "us-east-1", "elasticloadbalancing",
            new ManualClock(DemoServer.Noon));
        var url = signer.Presign(
            new Uri($"https://{ElbHost}/?Action=DescribeTags&Version=2012-06-01&LoadBalancerNames.member.1=my%20lb"),
            TimeSpan.FromSeconds(300));

        Assert.EndsWith(
            "&X-Amz-Signature=3d73444c6373529341f919823fdd61649fc2125d83fc5a399faa9f041a968693", url.Query, StringComparison.Ordinal);
    }

    /// <remarks>Signatures from AWS's published suite: service <c>service</c>, headers <c>host;x-amz-date</c>.</remarks>
    [Theory]
    [InlineData("get-vanilla", "GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData(
        "get-vanilla-query-order-key-case", "GET", "/", "Param2=value2&Param1=value1",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("post-vanilla", "POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("post-vanilla-query", "POST", "/", "Param1=value1", "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11")]
    [InlineData("get-utf8", "GET", "/ሴ", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("get-relative", "GET", "/example/..", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-slash", "GET", "//", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    public void The_published_suite_gives_its_signatures(string name, string method, string path, string query, string signature)
    {
        var headers = new HeaderDictionary { ["Host"] = SuiteHost, ["X-Amz-Date"] = "20150830T123600Z" };

        Assert.Equal((name, signature), (name, SignatureOf(method, path, query, headers, "host;x-amz-date", "", "service")));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Param2=b&Param1=a", "Param1=a&Param2=b")]
    [InlineData("Param1=value2&Param1=Value1&Param1=value1", "Param1=Value1&Param1=value1&Param1=value2")]
    [InlineData("-._~0123456789=-._~abc", "-._~0123456789=-._~abc")]
    [InlineData("%E1%88%B4=bar", "%E1%88%B4=bar")]
    [InlineData("ሴ=bar", "%E1%88%B4=bar")]
    [InlineData("a+b=c%20d&e", "a%20b=c%20d&e=")]
    [InlineData("b=%2f&a=%7E", "a=~&b=%2F")]
    [InlineData("a.b=1&a=2", "a=2&a.b=1")]
    [InlineData("X-Amz-Signature=00&b=1&&", "b=1")]
    public void A_query_is_decoded_encoded_and_sorted(string query, string canonical)
    {
        using var buffer = new Utf8Buffer(16);
        CanonicalQuery.Append(buffer, query);

        Assert.Equal(canonical, Encoding.UTF8.GetString(buffer.Span));
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("/./", "/")]
    [InlineData("/./example", "/example")]
    [InlineData("/example/..", "/")]
    [InlineData("/example1/example2/../..", "/")]
    [InlineData("/../../x", "/x")]
    [InlineData("//example//", "/example/")]
    [InlineData("/example space/", "/example%20space/")]
    [InlineData("/%E1%88%B4", "/%E1%88%B4")]
    public void A_path_is_normalised(string path, string canonical)
    {
        using var buffer = new Utf8Buffer(16);
        CanonicalPath.Append(buffer, path);

        Assert.Equal(canonical, Encoding.UTF8.GetString(buffer.Span));
    }

    [Fact]
    public void Header_values_are_trimmed_and_joined_in_the_order_of_arrival()
    {
        var headers = new HeaderDictionary
        {
            ["Host"] = SuiteHost,
            ["My-Header1"] = new(["  value4  ", "a   b\t c", "folded\r\n  line"]),
        };

        var text = TextOf("GET", "/", "", headers, "host;my-header1;missing", "");

        Assert.Contains("\nmy-header1:value4,a b c,folded line\nmissing:\n\nhost;my-header1;missing\n", text, StringComparison.Ordinal);
    }

    private static string SignatureOf(
        string method, string path, string query, HeaderDictionary headers, string signedHeaders, string body, string service)
    {
        var key = SigningKey.Derive(KnownCredentials.SecretAccessKey, "20150830", "us-east-1", service);
        var scope = new CredentialScope(KnownCredentials.AccessKeyId, "20150830", "us-east-1", service, CredentialScope.ValidTerminator);
        Span<byte> digits = stackalloc byte[64];
        RequestSignature.Compute(Canonical(method, path, query, headers, signedHeaders, body), DemoServer.Noon, scope, key, digits);
        return Encoding.ASCII.GetString(digits);
    }

    private static string HashOf(string method, string path, string query, HeaderDictionary headers, string signedHeaders, string body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TextOf(method, path, query, headers, signedHeaders, body))));

    private static string TextOf(string method, string path, string query, HeaderDictionary headers, string signedHeaders, string body)
    {
        using var buffer = new Utf8Buffer(16);
        Canonical(method, path, query, headers, signedHeaders, body).WriteTo(buffer);
        return Encoding.UTF8.GetString(buffer.Span);
    }

    private static CanonicalRequest Canonical(
        string method, string path, string query, HeaderDictionary headers, string signedHeaders, string body) =>
        new()
    {
        Method = method,
        Path = path,
        Query = query,
        Headers = headers,
        SignedHeaders = signedHeaders,
        BodyHash = SHA256.HashData(Encoding.UTF8.GetBytes(body)),
    };
}
