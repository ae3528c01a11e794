using System.Net.Sockets;
using System.Text;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.SigV4;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>What is refused before any operation, seen from outside the real server. The whole table stands in the unit tests.</summary>
public sealed class RequestLevelTests(SharedServer server)
{
    private const string Describe = "Action=DescribeLoadBalancers&Version=2012-06-01";

    [Theory]
    [InlineData(
        "Action=DescribeNothing&Version=2012-06-01", 400, "InvalidAction",
        "Could not find operation DescribeNothing for version 2012-06-01")]
    [InlineData(
        "Action=DescribeLoadBalancers&Version=2011-11-16", 400, "InvalidAction",
        "Could not find operation DescribeLoadBalancers for version 2011-11-16")]
    [InlineData(
        "Action=DescribeLoadBalancers", 400, "InvalidAction",
        "Could not find operation DescribeLoadBalancers for version NO_VERSION_SPECIFIED")]
    [InlineData(
        "Action=GetCallerIdentity&Version=2012-06-01", 400, "InvalidAction",
        "Could not find operation GetCallerIdentity for version 2012-06-01")]
    [InlineData(Describe + "&LoadBalancerNames=web", 400, "MalformedInput", "Unexpected list element termination")]
    [InlineData(Describe + "&Unknown=1%", 404, "MalformedQueryString", "Incomplete trailing escape % sequence")]
    public async Task A_request_that_is_wrong_before_any_operation_is_told_so(string form, int status, string code, string message)
    {
        var answer = await server.Api.SendAsync(form, TestContext.Current.CancellationToken);

        Assert.Equal((status, code, message), (answer.Status, answer.Code, answer.Message));
        Assert.Equal(answer.RequestId, answer.Value("RequestId"));
    }

    [Fact]
    public async Task A_parameter_that_the_model_does_not_know_is_ignored() =>
        Assert.Equal(200, (await server.Api.SendAsync($"{Describe}&Nonsense.member.1.X=1", TestContext.Current.CancellationToken)).Status);

    [Fact]
    public async Task A_body_over_a_mebibyte_is_refused()
    {
        var answer = await server.Api.SendAsync(
            $"{Describe}&Unknown={new string('x', 1024 * 1024)}", TestContext.Current.CancellationToken);

        Assert.Equal((413, "RequestEntityTooLarge"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_request_without_a_signature_is_refused()
    {
        var answer = await ElbApi.SendUnsignedAsync(Form(Describe), TestContext.Current.CancellationToken);

        Assert.Equal(
            (403, "MissingAuthenticationToken", "Request is missing Authentication Token"), (answer.Status, answer.Code, answer.Message));
    }

    [Fact]
    public async Task A_signature_for_another_service_is_refused()
    {
        var answer = await new ElbApi(server.Process.Url, service: "ec2").SendAsync(Describe, TestContext.Current.CancellationToken);

        Assert.Equal(
            (403, "SignatureDoesNotMatch", "Credential should be scoped to correct service: 'elasticloadbalancing'."),
            (answer.Status, answer.Code, answer.Message));
    }

    [Fact]
    public async Task A_key_that_nobody_has_and_a_wrong_secret_are_refused()
    {
        var token = TestContext.Current.CancellationToken;
        var nobody = await new ElbApi(server.Process.Url, Account.First with { AccessKeyId = "AKIDNOBODY" }).SendAsync(Describe, token);
        var wrong = await new ElbApi(server.Process.Url, Account.First with { SecretAccessKey = "wrong" }).SendAsync(Describe, token);

        Assert.Equal(
            (403, "InvalidClientTokenId", "The security token included in the request is invalid."),
            (nobody.Status, nobody.Code, nobody.Message));
        Assert.Equal((403, "SignatureDoesNotMatch"), (wrong.Status, wrong.Code));
    }

    [Theory]
    [InlineData(-20, "Signature expired: ")]
    [InlineData(20, "Signature not yet current: ")]
    public async Task A_signature_of_another_time_is_refused(int minutes, string beginning)
    {
        var token = TestContext.Current.CancellationToken;
        var request = Form(Describe);
        await new SigV4Signer(
            Account.First.AccessKeyId, Account.First.SecretAccessKey, Account.Region, "elasticloadbalancing",
            new ShiftedClock(TimeSpan.FromMinutes(minutes))).SignAsync(request, token);

        var answer = await ElbApi.SendUnsignedAsync(request, token);

        Assert.Equal((403, "SignatureDoesNotMatch"), (answer.Status, answer.Code));
        Assert.StartsWith(beginning, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_presigned_url_is_good_until_it_expires()
    {
        var token = TestContext.Current.CancellationToken;
        var url = new Uri(server.Process.Url, $"/?{Describe}");
        var earlier = new SigV4Signer(
            Account.First.AccessKeyId, Account.First.SecretAccessKey, Account.Region, "elasticloadbalancing",
            new ShiftedClock(TimeSpan.FromMinutes(-2)));

        var good = await ElbApi.SendUnsignedAsync(new(HttpMethod.Get, earlier.Presign(url, TimeSpan.FromMinutes(10))), token);
        var expired = await ElbApi.SendUnsignedAsync(new(HttpMethod.Get, earlier.Presign(url, TimeSpan.FromMinutes(1))), token);

        Assert.Equal(200, good.Status);
        Assert.Equal((403, "SignatureDoesNotMatch"), (expired.Status, expired.Code));
        Assert.StartsWith("Signature expired: ", expired.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 302")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 302")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.1 403")]
    [InlineData(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\n",
        "HTTP/1.1 413")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("\0\0\0 / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("GET /load-balancers HTTP/1.1\r\nHost: cloudlb\r\n\r\n", "HTTP/1.1 404")]
    public async Task What_is_no_form_of_a_client_gets_a_plain_answer_and_the_server_lives_on(string request, string beginning)
    {
        var token = TestContext.Current.CancellationToken;

        Assert.StartsWith(beginning, await ExchangeAsync(request), StringComparison.Ordinal);

        Assert.Equal(200, (await server.Api.SendAsync(Describe, token)).Status);
    }

    [Theory]
    [InlineData(70_000, 0, "HTTP/1.1 414")]
    [InlineData(0, 200, "HTTP/1.1 431")]
    public async Task An_endless_request_line_or_header_is_refused(int targetLength, int headers, string beginning)
    {
        var request = new StringBuilder($"GET /?{new string('a', targetLength)} HTTP/1.1\r\nHost: x\r\n");
        for (var header = 0; header < headers; header++)
        {
            request.Append($"X-Header-{header}: {new string('b', 200)}\r\n");
        }

        Assert.StartsWith(beginning, await ExchangeAsync(request.Append("\r\n").ToString()), StringComparison.Ordinal);
    }

    private async Task<string> ExchangeAsync(string request)
    {
        var token = TestContext.Current.CancellationToken;
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Process.Url.Host, server.Process.Url.Port, token);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), token);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), token) ?? "";
    }

    private HttpRequestMessage Form(string form) =>
        new(HttpMethod.Post, server.Process.Url) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };
}
