using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>What is answered before, and around, any operation.</summary>
public sealed class HttpLevelTests(DemoServer server) : IClassFixture<DemoServer>
{
    [Fact]
    public async Task A_signed_post_is_answered_in_AWS_s_layout()
    {
        var answer = await server.SendSignedAsync("Action=Echo&Version=2012-06-01&Text=hello&Names=");

        var requestId = answer.Header("x-amzn-RequestId");
        Assert.Equal(
            "<EchoResponse xmlns=\"http://demo.example/doc/2012-06-01/\"><EchoResult><Text>hello</Text><Account>123456789012</Account>" +
            $"<Region>us-east-1</Region><Names/></EchoResult><ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></" +
            $"EchoResponse>\n",
            answer.Body);
        Assert.Equal("text/xml", answer.Response.Content.Headers.ContentType?.ToString());
        Assert.NotNull(answer.Response.Headers.Date);
        Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", requestId);
    }

    [Fact]
    public async Task A_signed_get_is_answered_too()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, "/?Text=b%2Bc&Action=Echo&Version=2012-06-01"));

        Assert.Equal("b+c", (await server.SendSignedAsync(request)).Echo().Text);
    }

    [Fact]
    public async Task Parameters_of_the_query_string_of_a_post_count_before_those_of_its_body()
    {
        var answer = await server.SendSignedAsync(server.Post("Text=body&Version=2012-06-01", "?Action=Echo&Text=query"));

        Assert.Equal("query", answer.Echo().Text);
    }

    [Fact]
    public async Task An_error_has_AWS_s_layout_and_the_request_s_id()
    {
        var answer = await server.SendSignedAsync("Action=Echo&Version=2012-06-01&Text=nothing");

        Assert.Equal(409, answer.Status);
        Assert.Equal(
            "<ErrorResponse xmlns=\"http://demo.example/doc/2012-06-01/\"><Error><Type>Sender</Type><Code>NothingToSay</Code>" +
            $"<Message>There is nothing to " +
            $"say.</Message></Error><RequestId>{answer.Header("x-amzn-RequestId")}</RequestId></ErrorResponse>\n",
            answer.Body);
        Assert.Equal("text/xml", answer.Response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task A_fault_of_ours_is_an_internal_failure_that_tells_nothing_and_is_logged_once_with_its_request_id()
    {
        var answer = await server.SendSignedAsync("Action=Echo&Version=2012-06-01&Text=fail");

        Assert.Equal((500, "InternalFailure"), (answer.Status, answer.Code));
        Assert.Contains("<Type>Receiver</Type>", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
        Assert.Single(
            server.Log.Lines, line =>
                line.Id.Id == 2001 && line.Text.Contains(answer.Header("x-amzn-RequestId")!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "Action=Nope&Version=2012-06-01", "Could not find operation Nope for version 2012-06-01", "http://demo.example/doc/2012-06-01/")]
    [InlineData(
        "Action=echo&Version=2012-06-01", "Could not find operation echo for version 2012-06-01", "http://demo.example/doc/2012-06-01/")]
    [InlineData(
        "Action=Echo&Version=1999-01-01", "Could not find operation Echo for version 1999-01-01",
        "http://webservices.amazon.com/AWSFault/2005-15-09")]
    [InlineData(
        "Action=Echo", "Could not find operation Echo for version NO_VERSION_SPECIFIED",
        "http://webservices.amazon.com/AWSFault/2005-15-09")]
    [InlineData(
        "Action=%3C%26%00&Version=2012-06-01", "Could not find operation <&\uFFFD for version 2012-06-01",
        "http://demo.example/doc/2012-06-01/")]
    public async Task An_unknown_action_or_version_is_refused(string form, string message, string xmlNamespace)
    {
        var answer = await server.SendSignedAsync(form);

        Assert.Equal((400, "InvalidAction", message), answer.Error);
        Assert.Equal(xmlNamespace, answer.Xml.Name.NamespaceName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Version=2012-06-01")]
    [InlineData("Action=&Version=2012-06-01")]
    public async Task A_post_without_an_action_is_refused(string form)
    {
        var answer = await server.SendSignedAsync(form);

        Assert.Equal((400, "MissingAction"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Who_has_not_signed_does_not_learn_which_actions_there_are()
    {
        var answer = await server.SendAsync(server.Post("Action=Nope&Version=2012-06-01"));

        Assert.Equal((403, "MissingAuthenticationToken", "Request is missing Authentication Token"), answer.Error);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/?Version=2012-06-01")]
    [InlineData("HEAD", "/")]
    [InlineData("PUT", "/?Action=Echo&Version=2012-06-01")]
    [InlineData("DELETE", "/")]
    [InlineData("OPTIONS", "/")]
    [InlineData("PATCH", "/")]
    [InlineData("BREW", "/")]
    public async Task A_browser_is_sent_to_the_product_s_page(string method, string target)
    {
        var answer = await server.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(server.Url, target)));

        Assert.Equal((302, ""), (answer.Status, answer.Body));
        Assert.Equal("https://aws.amazon.com/elasticloadbalancing/", answer.Response.Headers.Location?.ToString());
        Assert.NotNull(answer.Header("x-amzn-RequestId"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencodedx")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_post_of_something_else_than_a_form_is_refused_in_html(string contentType)
    {
        var request = server.Post("");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("Action=Echo"));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await server.SendSignedAsync(request);

        Assert.Equal((403, "text/html"), (answer.Status, answer.Response.Content.Headers.ContentType?.ToString()));
    }

    [Theory]
    [InlineData("APPLICATION/X-WWW-FORM-URLENCODED")]
    [InlineData("application/x-www-form-urlencoded ; charset=utf-8")]
    public async Task A_form_may_be_called_so_in_any_case_and_with_parameters(string contentType)
    {
        var request = server.Post("");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("Action=Echo&Version=2012-06-01&Text=a"));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        Assert.Equal("a", (await server.SendSignedAsync(request)).Echo().Text);
    }

    [Theory]
    [InlineData("?Action=Echo&Version=2012-06-01&Text=%", "", "Incomplete trailing escape % sequence")]
    [InlineData("?Action=Echo&Version=2012-06-01&Text=%A", "", "Incomplete trailing escape % sequence")]
    [InlineData("?Action=Echo&Version=2012-06-01&Text=%zz1", "", "Illegal hex character in escape % pattern: %zz")]
    [InlineData("", "Action=Echo&Version=2012-06-01&T%4xt=a", "Illegal hex character in escape % pattern: %4x")]
    public async Task A_broken_escape_is_refused_before_the_signature_is_looked_at(string query, string form, string message)
    {
        var request = server.Post(form);
        request.RequestUri = new Uri(
            $"{server.Url.GetLeftPart(UriPartial.Authority)}/{query}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        Assert.Equal((404, "MalformedQueryString", message), (await server.SendAsync(request)).Error);
    }

    [Fact]
    public async Task A_body_of_a_mebibyte_is_read_and_one_byte_more_is_refused()
    {
        const string Start = "Action=Echo&Version=2012-06-01&Text=a&Unknown=";
        const int Limit = 1024 * 1024;

        Assert.Equal("a", (await server.SendSignedAsync(Start + new string('x', Limit - Start.Length))).Echo().Text);

        var refused = await server.SendSignedAsync(Start + new string('x', Limit - Start.Length + 1));
        Assert.Equal((413, "RequestEntityTooLarge"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_bounded_too()
    {
        var request = server.Post("Action=Echo&Version=2012-06-01&Text=a&Unknown=" + new string('x', 2 * 1024 * 1024));
        request.Headers.TransferEncodingChunked = true;

        Assert.Equal(413, (await server.SendSignedAsync(request)).Status);
    }

    [Fact]
    public async Task A_body_in_chunks_is_read_whole()
    {
        var request = server.Post($"Action=Echo&Version=2012-06-01&Text={new string('y', 90_000)}");
        request.Headers.TransferEncodingChunked = true;

        Assert.Equal(90_000, (await server.SendSignedAsync(request)).Echo().Text?.Length);
    }

    [Theory]
    [InlineData("zz\r\n")]
    [InlineData("6\r\nAction\r\n-1\r\n")]
    [InlineData("ffffffffffffffff\r\n")]
    [InlineData("0\r\nX-Trailer: \u00c2\r\n\r\n")]
    [InlineData("0\r\nX-\u00c2: a\r\n\r\n")]
    public async Task A_body_that_is_no_body_is_the_caller_s_mistake_and_no_fault_of_ours(string chunks)
    {
        var answer = await SendChunksAsync("Content-Type: application/x-www-form-urlencoded", chunks);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("<Type>Sender</Type><Code>MalformedHttpRequestException</Code>", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(
            server.Log.Lines, line => line.Level >= LogLevel.Error && line.Text.Contains("unhandled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zz\r\n")]
    [InlineData("ffffffffffffffff\r\n")]
    [InlineData("0\r\nX-Trailer: \u00c2\r\n\r\n")]
    public async Task So_is_one_for_a_service_that_is_not_spoken(string chunks)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url);
        await server.SignerFor(service: "lambda").SignAsync(request, TestContext.Current.CancellationToken);
        var headers = string.Join(
            "\r\n",
            request.Headers.NonValidated
                .Where(header => header.Key is "Authorization" or "X-Amz-Date")
                .Select(header => $"{header.Key}: {header.Value}"));

        var answer = await SendChunksAsync($"Content-Type: application/json\r\n{headers}", chunks);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("MalformedHttpRequestException", answer, StringComparison.Ordinal);
    }

    /// <summary>
    /// A request with a body as it is given, and all that is answered until the server closes: where the next request would begin cannot be
    /// known.
    /// </summary>
    private async Task<string> SendChunksAsync(string headers, string chunks)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Url.Host, server.Url.Port, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes(
                $"POST / HTTP/1.1\r\nHost: {server.Url.Authority}\r\n{headers}\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"),
            TestContext.Current.CancellationToken);
        return await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Twenty_thousand_parameters_are_read_and_one_more_is_refused()
    {
        const string Start = "Action=Echo&Version=2012-06-01&Text=a";

        Assert.Equal("a", (await server.SendSignedAsync(Start + string.Concat(Enumerable.Repeat("&a=", 20_000 - 3)))).Echo().Text);

        var refused = await server.SendSignedAsync(Start + string.Concat(Enumerable.Repeat("&a=", 20_000 - 2)));
        Assert.Equal((413, "RequestEntityTooLarge"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Ten_thousand_members_come_back_in_the_order_of_their_numbers()
    {
        var form = "Action=Echo&Version=2012-06-01&Text=a"
            + string.Concat(Enumerable.Range(1, 10_000).Reverse().Select(n => $"&Names.member.{n}={n}"));

        Assert.Equal(Enumerable.Range(1, 10_000).Select(n => $"{n}"), (await server.SendSignedAsync(form)).Echo().Names);
    }

    [Fact]
    public async Task An_overlong_name_is_refused()
    {
        var answer = await server.SendSignedAsync($"Action=Echo&Version=2012-06-01&{new string('n', 513)}=1");

        Assert.Equal((413, "RequestEntityTooLarge"), (answer.Status, answer.Code));
    }
}
