using System.Text.RegularExpressions;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Each way in which a signature is refused, through a real Kestrel, in the order of the checks.</summary>
public sealed partial class SignatureRefusalTests(DemoServer server) : IClassFixture<DemoServer>
{
    private const string Form = "Action=Echo&Version=2012-06-01&Text=hello";
    private const string Target = $"/?{Form}";
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing " +
        "method. Consult the service documentation for details.";

    public static TheoryData<string, string> BrokenHeaders => new()
    {
        { "Basic dXNlcjpwYXNz", "Unsupported AWS 'algorithm': 'Basic'." },
        { "AWS4-HMAC-SHA1 Credential=a", "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'." },
        {
            "AWS4-HMAC-SHA256 Credential=a, nonsense",
            "'nonsense' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=a, nonsense'"
        },
        {
            "AWS4-HMAC-SHA256",
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization " +
            "header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' " +
            "header. Authorization=AWS4-HMAC-SHA256"
        },
        {
            "AWS4-HMAC-SHA256 Credential=a,SignedHeaders=host",
            "Authorization header requires 'Signature' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a " +
            "'Date' header. Authorization=AWS4-HMAC-SHA256"
        },
    };

    [Theory]
    [MemberData(nameof(BrokenHeaders))]
    public async Task A_broken_authorization_header_is_told_as_AWS_tells_it(string authorization, string message)
    {
        var request = server.Post(Form);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        Assert.Equal((400, "IncompleteSignature", message), (await server.SendAsync(request)).Error);
    }

    [Theory]
    [InlineData("X-Amz-Algorithm", "AWS4-HMAC-SHA1", 403, "MissingAuthenticationToken", "Request is missing Authentication Token")]
    [InlineData("X-Amz-Algorithm", null, 403, "MissingAuthenticationToken", "Request is missing Authentication Token")]
    [InlineData(
        "X-Amz-Credential", null, 400, "IncompleteSignature",
        "AWS query-string parameters must include 'X-Amz-Credential'. Re-examine the query-string parameters.")]
    [InlineData(
        "X-Amz-Signature", null, 400, "IncompleteSignature",
        "AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters.")]
    [InlineData(
        "X-Amz-SignedHeaders", null, 400, "IncompleteSignature",
        "AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.")]
    [InlineData(
        "X-Amz-Date", null, 400, "IncompleteSignature",
        "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.")]
    [InlineData(
        "X-Amz-Date", "2015-08-30T12:36:00Z", 400, "IncompleteSignature",
        "Date must be in ISO-8601 'basic format'. Got '2015-08-30T12:36:00Z'. See http://en.wikipedia.org/wiki/ISO_8601")]
    [InlineData(
        "X-Amz-SignedHeaders", "x-amz-date", 403, "SignatureDoesNotMatch",
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")]
    [InlineData(
        "X-Amz-Credential", "a/b/c/d", 400, "IncompleteSignature",
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d'")]
    [InlineData(
        "X-Amz-Credential", "a/b/c/d/e/f", 400, "IncompleteSignature",
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d/e/f'")]
    [InlineData("X-Amz-Expires", "0", 400, "IncompleteSignature", "X-Amz-Expires must be a number of seconds from 1 to 604800. Got '0'.")]
    [InlineData(
        "X-Amz-Expires", "604801", 400, "IncompleteSignature", "X-Amz-Expires must be a number of seconds from 1 to 604800. Got '604801'.")]
    [InlineData(
        "X-Amz-Expires", "soon", 400, "IncompleteSignature", "X-Amz-Expires must be a number of seconds from 1 to 604800. Got 'soon'.")]
    [InlineData("X-Amz-Signature", "00", 403, "SignatureDoesNotMatch", Mismatch)]
    [InlineData("X-Amz-Expires", "301", 403, "SignatureDoesNotMatch", Mismatch)]
    [InlineData("Text", "other", 403, "SignatureDoesNotMatch", Mismatch)]
    public async Task A_presigned_url_with_a_changed_part_is_refused(string name, string? value, int status, string code, string message)
    {
        var url = server.Signer.Presign(new Uri(server.Url, Target), TimeSpan.FromMinutes(5));
        var others = url.Query.TrimStart('?').Split('&').Where(pair => !pair.StartsWith($"{name}=", StringComparison.Ordinal));
        var query = string.Join('&', others.Concat(value is null ? [] : [$"{name}={Uri.EscapeDataString(value)}"]));

        Assert.Equal((status, code, message), (await GetAsync(query)).Error);
    }

    [Fact]
    public async Task A_presigned_url_is_accepted_as_it_is()
    {
        var url = server.Signer.Presign(new Uri(server.Url, Target), TimeSpan.FromMinutes(5));

        Assert.Equal("hello", (await GetAsync(url.Query)).Echo().Text);
    }

    [Fact]
    public async Task A_signature_in_both_places_is_refused_without_a_message()
    {
        var url = server.Signer.Presign(new Uri(server.Url, Target), TimeSpan.FromMinutes(5));
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        await server.Signer.SignAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((403, "SignatureDoesNotMatch", null), (await server.SendAsync(request)).Error);
    }

    [Theory]
    [InlineData("host;", "", 403, "SignatureDoesNotMatch", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")]
    [InlineData(
        "/us-east-1/", "/us east 1/", 403, "SignatureDoesNotMatch", "Credential should be scoped to a valid region, not 'us east 1'.")]
    [InlineData(
        "/elasticloadbalancing/", "/elb/", 403, "SignatureDoesNotMatch",
        "Credential should be scoped to correct service: 'elasticloadbalancing'.")]
    [InlineData(
        "/aws4_request", "/aws5", 403, "SignatureDoesNotMatch",
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'.")]
    [InlineData(
        "/20150830/", "/20150829/", 403, "SignatureDoesNotMatch",
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from " +
        "'20150830T123600Z'.")]
    [InlineData(
        "/20150830/us-east-1/elasticloadbalancing/aws4_request", "/d//s/t", 403, "SignatureDoesNotMatch",
        "Credential should be scoped to a valid region, not ''. Credential should be scoped to correct service: 'elasticloadbalancing'. " +
        "Credential should be scoped with a valid terminator: 'aws4_request', not 't'. Date in Credential scope does not match YYYYMMDD " +
        "from ISO-8601 version of date from HTTP: 'd' != '20150830', from '20150830T123600Z'.")]
    [InlineData("AKIDEXAMPLE", "AKIDUNKNOWN", 403, "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("AKIDEXAMPLE", "ASIAEXAMPLE", 403, "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("AKIDEXAMPLE", "AKIDINACTIVE", 403, "InvalidClientTokenId", "The AWS access key provided does not exist in our records.")]
    [InlineData("Signature=", "Signature=0", 403, "SignatureDoesNotMatch", Mismatch)]
    [InlineData("/us-east-1/", "/us-east-2/", 403, "SignatureDoesNotMatch", Mismatch)]
    [InlineData("content-type;host", "host", 403, "SignatureDoesNotMatch", Mismatch)]
    public async Task A_header_with_a_changed_part_is_refused(string part, string changed, int status, string code, string message)
    {
        var request = await server.SignedPostAsync(Form);
        request.ReplaceHeader("Authorization", header => header.Replace(part, changed, StringComparison.Ordinal));

        Assert.Equal((status, code, message), (await server.SendAsync(request)).Error);
    }

    [Fact]
    public async Task The_wrong_secret_does_not_match()
    {
        var request = server.Post(Form);
        await server.SignerFor(secret: "another").SignAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((403, "SignatureDoesNotMatch", Mismatch), (await server.SendAsync(request)).Error);
    }

    [Fact]
    public async Task A_changed_body_does_not_match_whatever_its_declared_hash()
    {
        var request = await server.SignedPostAsync(Form);
        var changed = server.Post(Form + "x");
        changed.Headers.TryAddWithoutValidation("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        foreach (var header in request.Headers)
        {
            changed.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        Assert.Equal((403, "SignatureDoesNotMatch", Mismatch), (await server.SendAsync(changed)).Error);
    }

    [Fact]
    public async Task An_unsigned_extra_header_is_let_through()
    {
        var request = await server.SignedPostAsync(Form);
        request.Headers.TryAddWithoutValidation("x-amz-note", "from a proxy");

        Assert.Equal(200, (await server.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_session_token_is_refused_as_unreadable_before_the_key_is_looked_for()
    {
        var inHeader = await server.SignedPostAsync(Form);
        inHeader.Headers.TryAddWithoutValidation("X-Amz-Security-Token", "token");
        inHeader.ReplaceHeader("Authorization", header => header.Replace("AKIDEXAMPLE", "ASIAUNKNOWN", StringComparison.Ordinal));
        var url = server.Signer.Presign(new Uri(server.Url, $"{Target}&X-Amz-Security-Token=token"), TimeSpan.FromMinutes(5));

        var expected = (403, "InvalidClientTokenId", "The security token included in the request is invalid");
        Assert.Equal(expected, (await server.SendAsync(inHeader)).Error);
        Assert.Equal(expected, (await GetAsync(url.Query)).Error);
    }

    [Fact]
    public async Task Only_the_allowed_regions_are_valid()
    {
        await using var local = new DemoServer(["eu-west-1"]);
        await local.InitializeAsync();
        var inside = local.Post(Form);
        await local.SignerFor(region: "eu-west-1").SignAsync(inside, TestContext.Current.CancellationToken);

        Assert.Equal("eu-west-1", (await local.SendAsync(inside)).Echo().Region);
        Assert.Equal(
            (403, "SignatureDoesNotMatch", "Credential should be scoped to a valid region, not 'us-east-1'."),
            (await local.SendSignedAsync(Form)).Error);
    }

    [Fact]
    public async Task No_part_of_a_refused_header_reaches_the_log()
    {
        var request = server.Post(Form);
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Signature=0123456789abcdef, loose-words");

        await server.SendAsync(request);

        // Kestrel and routing log paths and statuses; the header and its parts must not be among it.
        Assert.DoesNotContain(server.Log.Lines, line => Secrets().IsMatch(line.Text));
    }

    [GeneratedRegex("0123456789abcdef|loose-words")]
    private static partial Regex Secrets();

    private Task<Answer> GetAsync(string query) =>
        server.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, $"/?{query.TrimStart('?')}")));
}
