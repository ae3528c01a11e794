using System.IO.Compression;
using System.Text.Json.Nodes;
using CloudLb.AwsApi;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Calls in JSON and CBOR go the same way as forms, and are answered in their own form.</summary>
public sealed class DocumentProtocolTests(DemoServer server) : IClassFixture<DemoServer>
{
    private static readonly EchoRequest Hello = new() { Text = "hé", Times = 2, Names = ["a", "b"] };

    [Fact]
    public async Task JSON_is_answered_in_JSON()
    {
        var answer = await server.SendSignedAsync(server.InJson(Echo.Contract.WriteDocument(Hello, WireProtocol.Json10)));

        Assert.Equal((200, DocumentCall.Json), (answer.Status, answer.Response.Content.Headers.ContentType!.ToString()));
        Assert.Equal(36, answer.Header("x-amzn-RequestId")!.Length);
        var json = JsonNode.Parse(answer.Body)!;
        Assert.Equal(
            ("héhé", KnownCredentials.Account, "us-east-1"), ((string?)json["Text"], (string?)json["Account"], (string?)json["Region"]));
        Assert.Equal(["a", "b"], json["Names"]!.AsArray().Select(name => (string?)name));
    }

    [Fact]
    public async Task CBOR_is_answered_in_CBOR_with_its_mark()
    {
        var answer = await server.SendSignedAsync(server.InCbor(Echo.Contract.WriteDocument(Hello, WireProtocol.Cbor)));

        Assert.Equal((200, DocumentCall.Cbor), (answer.Status, answer.Response.Content.Headers.ContentType!.ToString()));
        Assert.Equal("rpc-v2-cbor", answer.Header("smithy-protocol"));
        var bytes = await answer.Response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var echo = Echo.Contract.ReadDocument(bytes, WireProtocol.Cbor);
        Assert.Equal("héhé", echo.Text);
        Assert.Equal(["a", "b"], echo.Names);

        // A map of a definite length, four members.
        Assert.Equal(0xA4, bytes[0]);
    }

    [Fact]
    public async Task An_error_of_the_model_has_its_shape_s_name_and_for_older_clients_its_code()
    {
        foreach (var call in new[]
        {
            server.InJson("""{"Text":"nothing"}"""u8.ToArray()),
            server.InCbor([0xA1, 0x64, .. "Text"u8, 0x67, .. "nothing"u8]),
        })
        {
            var answer = await server.SendSignedAsync(call);

            Assert.Equal((409, "NothingToSay;Sender"), (answer.Status, answer.Header("x-amzn-query-error")));
            Assert.Contains("com.amazonaws.elasticloadbalancing#NothingToSayException", answer.Body, StringComparison.Ordinal);
            Assert.Contains("There is nothing to say.", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Broken_constraints_are_told_together()
    {
        var answer = await server.SendSignedAsync(server.InJson("""{"Times":4}"""u8.ToArray()));

        Assert.Equal((400, "ValidationError;Sender"), (answer.Status, answer.Header("x-amzn-query-error")));
        Assert.Equal(
            "2 validation errors detected: Value null at 'text' failed to satisfy constraint: Member must not be null; " +
            "Value '4' at 'times' failed to satisfy constraint: Member must have value less than or equal to 3",
            (string?)JsonNode.Parse(answer.Body)!["message"]);
    }

    [Fact]
    public async Task Our_own_fault_tells_nothing()
    {
        var answer = await server.SendSignedAsync(server.InJson("""{"Text":"fail"}"""u8.ToArray()));

        Assert.Equal((500, "InternalFailure;Receiver"), (answer.Status, answer.Header("x-amzn-query-error")));
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_does_not_hold_is_refused_in_the_call_s_own_protocol()
    {
        var json = server.InJson("{}"u8.ToArray());
        var cbor = server.InCbor([0xA0]);
        foreach (var call in new[] { json, cbor })
        {
            await server.SignerFor(secret: "another").SignAsync(call, TestContext.Current.CancellationToken);
            var answer = await server.SendAsync(call);

            Assert.Equal((400, "SignatureDoesNotMatch;Sender"), (answer.Status, answer.Header("x-amzn-query-error")));
            Assert.Contains("com.amazon.coral.service#InvalidSignatureException", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(400, (await server.SendAsync(server.InCbor([0xA0]))).Status);
    }

    [Fact]
    public async Task A_call_that_is_signed_for_another_service_is_refused()
    {
        var call = server.InJson("{}"u8.ToArray());
        await server.SignerFor(service: "monitoring").SignAsync(call, TestContext.Current.CancellationToken);

        var answer = await server.SendAsync(call);

        Assert.Contains(
            "Credential should be scoped to correct service: 'elasticloadbalancing'.", JsonNode.Parse(answer.Body)!["message"]!.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_does_not_cover_the_target_is_good_for_nothing()
    {
        var call = server.InJson("""{"Text":"a"}"""u8.ToArray());
        call.Headers.Remove("X-Amz-Target");
        await server.Signer.SignAsync(call, TestContext.Current.CancellationToken);
        call.Headers.Add("X-Amz-Target", "Demo_20120601.Echo");

        var answer = await server.SendAsync(call);

        Assert.Equal((400, "SignatureDoesNotMatch;Sender"), (answer.Status, answer.Header("x-amzn-query-error")));
        Assert.Contains("X-Amz-Target", (string?)JsonNode.Parse(answer.Body)!["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shout", DocumentCall.Json, "Demo_20120601", "InvalidAction;Sender")]
    [InlineData("Echo", "application/x-amz-json-1.1", "Demo_20120601", null)]
    [InlineData("Echo", DocumentCall.Json, "Other_20120601", null)]
    public async Task What_is_not_there_is_an_unknown_operation(string operation, string type, string service, string? queryError)
    {
        var answer = await server.SendSignedAsync(server.InJson("{}"u8.ToArray(), operation, type, service));

        Assert.Equal((400, queryError), (answer.Status, answer.Header("x-amzn-query-error")));
        Assert.EndsWith("UnknownOperationException", (string?)JsonNode.Parse(answer.Body)!["__type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_not_posted_is_refused()
    {
        var call = server.InJson("{}"u8.ToArray());
        call.Method = HttpMethod.Put;

        Assert.Equal(405, (await server.SendSignedAsync(call)).Status);
    }

    [Fact]
    public async Task A_compressed_body_is_read_in_every_protocol_and_signed_as_it_is_sent()
    {
        var form = server.Post("");
        form.Content = Compressed("Action=Echo&Version=2012-06-01&Text=packed"u8.ToArray(), "application/x-www-form-urlencoded");
        var json = server.InJson([]);
        json.Content = Compressed("""{"Text":"packed"}"""u8.ToArray(), DocumentCall.Json);

        Assert.Equal("packed", (await server.SendSignedAsync(form)).Echo().Text);
        Assert.Equal("packed", (string?)JsonNode.Parse((await server.SendSignedAsync(json)).Body)!["Text"]);
    }

    [Fact]
    public async Task A_compressed_form_for_a_service_that_was_not_signed_for_is_refused()
    {
        var form = server.Post("");
        form.Content = Compressed("Action=Echo&Version=2012-06-01&Text=packed"u8.ToArray(), "application/x-www-form-urlencoded");
        await server.SignerFor(service: "monitoring").SignAsync(form, TestContext.Current.CancellationToken);

        Assert.Equal(
            (403, "SignatureDoesNotMatch"), (await server.SendAsync(form)).Error is var (status, code, _) ? (status, code) : default);
    }

    [Fact]
    public async Task A_small_body_that_becomes_a_large_one_is_refused()
    {
        foreach (var type in new[] { DocumentCall.Json, "application/x-www-form-urlencoded" })
        {
            var call = type == DocumentCall.Json ? server.InJson([]) : server.Post("");
            call.Content = Compressed(new byte[64 * 1024 * 1024], type);

            Assert.Equal(413, (await server.SendSignedAsync(call)).Status);
        }

        var broken = server.InJson("not compressed"u8.ToArray());
        broken.Content!.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(400, (await server.SendSignedAsync(broken)).Status);
    }

    private static ByteArrayContent Compressed(byte[] body, string type)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new(type);
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
