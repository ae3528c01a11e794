using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>
/// Calls for services that nobody speaks here, in each of AWS's protocols: the caller is told so in that protocol, once it has signed
/// well.
/// </summary>
public sealed class ForeignCallTests(DemoServer server) : IClassFixture<DemoServer>
{
    private const string Json10 = "application/x-amz-json-1.0";
    private const string Json11 = "application/x-amz-json-1.1";
    private const string Cbor = "application/cbor";
    private const string Form = "application/x-www-form-urlencoded; charset=utf-8";

    /// <summary>Service, method and target, type of the body, target header; status, code and type of the answer.</summary>
    public static TheoryData<string, string, string?, string?, int, string, string> Calls => new()
    {
        { "dynamodb", "POST /", Json10, "DynamoDB_20120810.ListTables", 400, "com.amazon.coral.service#UnknownOperationException", Json10 },
        { "sqs", "POST /", Json10, "AmazonSQS.CreateQueue", 400, "com.amazon.coral.service#UnknownOperationException", Json10 },
        { "acm", "POST /", Json11, "CertificateManager.RequestCertificate", 400, "UnknownOperationException", Json11 },
        { "acm", "POST /services/LoadBalancing", Json11, "CertificateManager.ListCertificates", 400, "UnknownOperationException", Json11 },
        {
            "monitoring",
            "POST /service/GraniteServiceVersion20100801/operation/PutMetricData",
            Cbor,
            null,
            400,
            "com.amazon.coral.service#UnknownOperationException",
            Cbor
        },
        { "lambda", "GET /2015-03-31/functions/arn%3Aaws%3Alambda", null, null, 400, "UnknownOperationException", "application/json" },
        { "lambda", "POST /2015-03-31/functions", "application/json", null, 400, "UnknownOperationException", "application/json" },
        { "route53", "GET /2013-04-01/hostedzone", null, null, 400, "InvalidAction", "text/xml" },
        { "s3", "GET /", null, null, 501, "NotImplemented", "application/xml" },
        { "s3", "PUT /bucket/a%20b//../c%2Bd?acl", "binary/octet-stream", null, 501, "NotImplemented", "application/xml" },
        { "s3", "DELETE /bucket", null, null, 501, "NotImplemented", "application/xml" },
        { "sqs", "POST /123456789012/queue", Form, null, 400, "InvalidAction", "text/xml" },
        { "autoscaling", "POST /", Form, null, 400, "InvalidAction", "text/xml" },
        { "sns", "GET /?Action=ListTopics&Version=2010-03-31", null, null, 400, "InvalidAction", "text/xml" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_service_that_is_not_spoken_is_named_in_the_caller_s_own_protocol(
        string service, string request, string? type, string? target, int status, string code, string answerType)
    {
        var answer = await server.SendAsync(Signed(service, request, type, target));

        Assert.Equal((status, code, answerType), (answer.Status, CodeOf(answer), answer.Response.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"The service {service} is not spoken by this endpoint", answer.Body, StringComparison.Ordinal);
        Assert.Contains("it speaks elasticloadbalancing", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dynamodb", "POST /", Json10, "DynamoDB_20120810.ListTables", 400, "com.amazon.coral.service#InvalidSignatureException")]
    [InlineData("acm", "POST /", Json11, "CertificateManager.ListCertificates", 400, "InvalidSignatureException")]
    [InlineData(
        "monitoring", "POST /service/Granite/operation/PutMetricData", Cbor, null, 400,
        "com.amazon.coral.service#InvalidSignatureException")]
    [InlineData("lambda", "GET /2015-03-31/functions", null, null, 403, "InvalidSignatureException")]
    [InlineData("route53", "GET /2013-04-01/hostedzone", null, null, 403, "SignatureDoesNotMatch")]
    [InlineData("s3", "GET /bucket", null, null, 403, "SignatureDoesNotMatch")]
    [InlineData("autoscaling", "POST /", Form, null, 403, "SignatureDoesNotMatch")]
    public async Task A_signature_that_does_not_hold_is_all_that_the_caller_learns(
        string service, string request, string? type, string? target, int status, string code)
    {
        var answer = await server.SendAsync(Signed(service, request, type, target, secret: "another"));

        Assert.Equal((status, code), (answer.Status, CodeOf(answer)));
        Assert.DoesNotContain("not spoken", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Json10, "com.amazon.coral.service#MissingAuthenticationTokenException")]
    [InlineData(Json11, "MissingAuthenticationTokenException")]
    public async Task Who_has_not_signed_is_told_so_in_JSON(string type, string code)
    {
        var request = Unsigned("POST /", type, "DynamoDB_20120810.ListTables");

        var answer = await server.SendAsync(request);

        Assert.Equal((400, code), (answer.Status, CodeOf(answer)));
    }

    [Theory]
    [InlineData("AKIDUNKNOWN", "dynamodb", "com.amazon.coral.service#UnrecognizedClientException")]
    [InlineData("AKIDINACTIVE", "dynamodb", "com.amazon.coral.service#UnrecognizedClientException")]
    [InlineData("AKIDUNKNOWN", "s3", "InvalidAccessKeyId")]
    public async Task An_unknown_key_is_told_as_that_service_tells_it(string keyId, string service, string code)
    {
        var request = service == "s3"
            ? Signed(service, "GET /bucket", null, null, keyId: keyId)
            : Signed(service, "POST /", Json10, "DynamoDB_20120810.ListTables", keyId: keyId);

        Assert.Equal(code, CodeOf(await server.SendAsync(request)));
    }

    [Fact]
    public async Task A_client_of_a_service_that_once_spoke_queries_gets_the_code_of_that_time_too()
    {
        var request = Signed("sqs", "POST /", Json10, "AmazonSQS.ListQueues");
        request.Headers.Add("x-amzn-query-mode", "true");

        Assert.Equal("InvalidAction;Sender", (await server.SendAsync(request)).Header("x-amzn-query-error"));
    }

    [Fact]
    public async Task A_header_that_means_something_to_a_service_must_be_signed()
    {
        var request = Signed("s3", "PUT /bucket/key", "text/plain", null);
        request.Headers.Add("x-amz-acl", "public-read");

        var answer = await server.SendAsync(request);

        Assert.Equal((403, "AccessDenied"), (answer.Status, CodeOf(answer)));
        Assert.Contains(
            "There were headers present in the request which were not signed: x-amz-acl", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declared_hash_is_part_of_what_is_signed_and_the_body_is_hashed_where_none_is_declared()
    {
        var declared = Signed("dynamodb", "POST /", Json10, "DynamoDB_20120810.ListTables");
        declared.Headers.Remove("x-amz-content-sha256");
        declared.Headers.Add("x-amz-content-sha256", new string('0', 64));
        Assert.Equal("com.amazon.coral.service#InvalidSignatureException", CodeOf(await server.SendAsync(declared)));

        // As botocore signs a JSON call: host and type alone, no hash in the head.
        var undeclared = Unsigned("POST /", Json10, null);
        await server.SignerFor(service: "dynamodb").SignAsync(undeclared, TestContext.Current.CancellationToken);
        Assert.Contains("The service dynamodb is not spoken", (await server.SendAsync(undeclared)).Body, StringComparison.Ordinal);

        undeclared = Unsigned("POST /", Json10, null);
        await server.SignerFor(service: "dynamodb").SignAsync(undeclared, TestContext.Current.CancellationToken);
        undeclared.Content = new ByteArrayContent("{} "u8.ToArray()) { Headers = { ContentType = MediaTypeHeaderValue.Parse(Json10) } };
        Assert.Equal("InvalidSignatureException", CodeOf(await server.SendAsync(undeclared)));
    }

    [Fact]
    public async Task S3_s_own_old_signature_is_refused_in_S3_s_words()
    {
        var answer = await server.SendAsync(
            Unsigned("GET /bucket/key?AWSAccessKeyId=AKIDEXAMPLE&Signature=abc%3D&Expires=1440938160", null, null));

        Assert.Equal((400, "InvalidRequest"), (answer.Status, CodeOf(answer)));
        Assert.Contains("Please use AWS4-HMAC-SHA256.", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_head_of_an_object_gets_a_status_and_no_body()
    {
        var answer = await server.SendAsync(Signed("s3", "HEAD /bucket/key", null, null));

        Assert.Equal((501, ""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_long_body_is_not_read_before_the_answer_and_an_undeclared_one_not_beyond_its_bound()
    {
        var declared = Signed("s3", "PUT /bucket/key", "binary/octet-stream", null, body: new byte[4 * 1024 * 1024]);
        declared.Headers.ExpectContinue = true;
        Assert.Equal(501, (await server.SendAsync(declared)).Status);

        var undeclared = Unsigned("POST /", Json11, null, new byte[(1024 * 1024) + 1]);
        await server.SignerFor(service: "kinesis").SignAsync(undeclared, TestContext.Current.CancellationToken);
        undeclared.Headers.ExpectContinue = true;
        var answer = await server.SendAsync(undeclared);
        Assert.Equal((413, "RequestEntityTooLargeException"), (answer.Status, CodeOf(answer)));
    }

    private HttpRequestMessage Signed(
        string service, string request, string? type, string? target, string keyId = KnownCredentials.AccessKeyId,
        string secret = KnownCredentials.SecretAccessKey, byte[]? body = null)
    {
        var message = Unsigned(request, type, target, body);
        if (type == Cbor)
        {
            message.Headers.Add("smithy-protocol", "rpc-v2-cbor");
        }

        var bytes = message.Content?.ReadAsByteArrayAsync(TestContext.Current.CancellationToken).Result ?? [];
        server.SignerFor(keyId, secret, service: service).Sign(message, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        return message;
    }

    private HttpRequestMessage Unsigned(string request, string? type, string? target, byte[]? body = null)
    {
        var (method, path) = (request.Split(' ')[0], request.Split(' ')[1]);
        var uri = new Uri(
            $"{server.Url.GetLeftPart(UriPartial.Authority)}{path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(method), uri);
        if (type is not null)
        {
            message.Content = new ByteArrayContent(
                body ?? Encoding.UTF8.GetBytes(type == Form ? "Action=DescribeThings&Version=2011-01-01" : "{}"));
            message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (target is not null)
        {
            message.Headers.Add("X-Amz-Target", target);
        }

        return message;
    }

    private static string? CodeOf(Answer answer)
    {
        var type = answer.Response.Content.Headers.ContentType?.MediaType;
        if (type is Json10 or Json11)
        {
            return JsonDocument.Parse(answer.Body).RootElement.GetProperty("__type").GetString();
        }

        if (type == "application/json")
        {
            return answer.Header("x-amzn-ErrorType");
        }

        if (type == Cbor)
        {
            // A map of two texts; the name of the second is seven characters long, which CBOR writes as "g".
            Assert.Equal("rpc-v2-cbor", answer.Header("smithy-protocol"));
            var start = answer.Body.IndexOf("com.amazon", StringComparison.Ordinal);
            return answer.Body[start..answer.Body.IndexOf("gmessage", start, StringComparison.Ordinal)];
        }

        var root = XElement.Parse(answer.Body);
        return type == "application/xml" ? root.Element("Code")?.Value : answer.Code;
    }
}
