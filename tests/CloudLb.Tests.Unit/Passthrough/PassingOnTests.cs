using System.Text.Json;
using CloudLb.Tests.Unit.AwsApi;

namespace CloudLb.Tests.Unit.Passthrough;

/// <summary>What the other endpoint is given of a call, and what of its answer comes back.</summary>
public sealed class PassingOnTests : IAsyncLifetime
{
    private OtherEndpoint _other = null!;
    private PassingServer _server = null!;

    private DemoServer Demo => _server.Demo;

    public async ValueTask InitializeAsync()
    {
        _other = await OtherEndpoint.StartAsync(async context =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers["x-amzn-RequestId"] = "theirs";
            context.Response.Headers["x-custom"] = "kept";
            await context.Response.Body.WriteAsync("from the other endpoint"u8.ToArray(), context.RequestAborted);
        });
        _server = await PassingServer.StartAsync(_other.Url, options =>
        {
            options.Accounts[0].AccessKeyId = "UPSTREAMKEY";
            options.Accounts[0].SecretAccessKey = "upstream-secret";
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task A_call_arrives_as_it_was_sent_and_is_signed_with_the_account_s_key_there()
    {
        var answer = await Demo.SendAsync(Demo.ListTables());

        Assert.Equal(
            (201, "from the other endpoint", "theirs", "kept"),
            (answer.Status, answer.Body, answer.Header("x-amzn-RequestId"), answer.Header("x-custom")));
        var asked = Assert.Single(_other.Asked);
        Assert.Equal(("POST", "/", "{}", "2"), (asked.Method, asked.Target, asked.Text(), asked.Headers["Content-Length"]));
        Assert.Equal("DynamoDB_20120810.ListTables", asked.Headers["X-Amz-Target"]);
        Assert.Equal(Demo.Url.Authority, asked.Headers["Host"]);
        Assert.StartsWith(
            "AWS4-HMAC-SHA256 Credential=UPSTREAMKEY/20150830/us-east-1/dynamodb/aws4_request", asked.Headers["Authorization"],
            StringComparison.Ordinal);
        Assert.DoesNotContain(KnownCredentials.AccessKeyId, string.Concat(asked.Headers.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_other_endpoint_is_told_its_own_name_where_the_settings_say_so()
    {
        await using var server = await PassingServer.StartAsync(_other.Url, options => options.KeepHost = false);

        await server.Demo.SendAsync(server.Demo.ListTables());

        Assert.Equal(_other.Url.Authority, Assert.Single(_other.Asked).Headers["Host"]);
    }

    [Fact]
    public async Task A_form_of_another_service_or_with_an_action_that_nobody_carries_out_is_passed_on_and_ours_is_not()
    {
        async Task<Answer> PostAsync(string service, string form)
        {
            var request = Demo.Post(form);
            await Demo.SignerFor(service: service).SignAsync(request, TestContext.Current.CancellationToken);
            return await Demo.SendAsync(request);
        }

        Assert.Equal(201, (await PostAsync("sns", "Action=ListTopics&Version=2010-03-31")).Status);
        Assert.Equal(201, (await PostAsync("elasticloadbalancing", "Action=DescribeTargetGroups&Version=2015-12-01")).Status);
        Assert.Equal(201, (await PostAsync("elasticloadbalancing", "Action=Unheard&Version=2012-06-01")).Status);
        Assert.Equal("hello", (await PostAsync("elasticloadbalancing", "Action=Echo&Version=2012-06-01&Text=hello")).Echo().Text);
        Assert.Equal(
            ["Action=ListTopics&Version=2010-03-31", "Action=DescribeTargetGroups&Version=2015-12-01", "Action=Unheard&Version=2012-06-01"],
            _other.Asked.Select(asked => asked.Text()));
    }

    [Fact]
    public async Task A_presigned_url_is_signed_anew_in_the_head()
    {
        var url = Demo.SignerFor(service: "sns").Presign(
            new Uri(Demo.Url, "/?Action=ListTopics&Version=2010-03-31"), TimeSpan.FromMinutes(5));

        Assert.Equal(201, (await Demo.SendAsync(new(HttpMethod.Get, url))).Status);

        var asked = Assert.Single(_other.Asked);
        Assert.Equal("/?Action=ListTopics&Version=2010-03-31", asked.Target);
        Assert.Contains("Credential=UPSTREAMKEY/", asked.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_was_meant_for_this_hop_goes_further()
    {
        var request = Demo.ListTables();
        foreach (var (name, value) in new[]
        {
            ("Connection", "x-for-this-hop"), ("X-For-This-Hop", "1"), ("Upgrade", "websocket"), ("TE", "trailers"),
            ("Proxy-Authorization", "Basic eA=="),
            ("X-Forwarded-For", "10.0.0.1"), ("X-Forwarded-Host", "evil.example"), ("Forwarded", "for=10.0.0.1"),
            ("Expect", "100-continue"), ("X-Kept", "2"),
        })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        Assert.Equal(201, (await Demo.SendAsync(request)).Status);

        var asked = Assert.Single(_other.Asked);
        Assert.Equal(
            ["Authorization", "Content-Length", "Content-Type", "Host", "X-Amz-Content-Sha256", "X-Amz-Date", "X-Amz-Target", "X-Kept"],
            asked.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Unchanged_means_with_the_caller_s_own_signature()
    {
        await using var server = await PassingServer.StartAsync(
            _other.Url, options => options.Accounts = [new() { AccountId = KnownCredentials.Account, Unchanged = true }]);
        var request = server.Demo.ListTables();
        var signature = request.Headers.GetValues("Authorization").Single();

        await server.Demo.SendAsync(request);

        var asked = Assert.Single(_other.Asked);
        Assert.Equal((signature, server.Demo.Url.Authority), (asked.Headers["Authorization"], asked.Headers["Host"]));
    }

    [Fact]
    public async Task Every_call_is_written_down_with_the_status_that_it_was_answered()
    {
        await Demo.SendAsync(Demo.ListTables());
        var path = Path.Combine(_server.AuditDirectory, "audit.log");
        await Waiting.UntilAsync(() => File.Exists(path) && File.ReadAllText(path).EndsWith('\n'), "the audit line");
        var line = JsonDocument.Parse(File.ReadAllText(path)).RootElement;

        Assert.Equal(
            ("dynamodb.amazonaws.com", "ListTables", 201, "theirs", "AKIDEXAMPLE", JsonValueKind.Null),
            (line.GetProperty("eventSource").GetString(), line.GetProperty("eventName").GetString(),
                line.GetProperty("additionalEventData").GetProperty("upstreamStatus").GetInt32(),
                line.GetProperty("additionalEventData").GetProperty("upstreamRequestID").GetString(),
                line.GetProperty("userIdentity").GetProperty("accessKeyId").GetString(), line.GetProperty("requestParameters").ValueKind));
    }

    /// <summary>The second server checks the signature that the first has made.</summary>
    [Theory]
    [InlineData("s3", "GET /")]
    [InlineData("s3", "GET /bucket/a%20b//../c%2Bd%25?list-type=2&prefix=a%2Fb%20c&marker")]
    [InlineData("s3", "PUT /bucket/%C3%A4=;:@!$&'()*,x")]
    [InlineData("lambda", "GET /2015-03-31/functions/arn%3Aaws%3Alambda/versions?Marker=a%2Bb")]
    [InlineData("route53", "POST /2013-04-01/hostedzone")]
    public async Task The_new_signature_holds(string service, string line)
    {
        await using var second = new DemoServer();
        await second.InitializeAsync();
        await using var first = await PassingServer.StartAsync(second.Url);

        var answer = await first.Demo.SendAsync(
            first.Demo.Signed(service, line, "body"u8.ToArray(), headers: [("x-amz-meta-a", "1"), ("x-amz-acl", " private  x ")]));

        Assert.Contains($"The service {service} is not spoken by this endpoint", answer.Body, StringComparison.Ordinal);
    }
}
