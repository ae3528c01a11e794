using System.Net.Http.Headers;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Calls of the demo service in JSON and CBOR.</summary>
internal static class DocumentCall
{
    public const string Json = "application/x-amz-json-1.0";
    public const string Cbor = "application/cbor";

    public static HttpRequestMessage InJson(
        this DemoServer server, byte[] body, string operation = "Echo", string type = Json, string service = "Demo_20120601")
    {
        var message = new HttpRequestMessage(HttpMethod.Post, server.Url) { Content = Content(body, type) };
        message.Headers.Add("X-Amz-Target", $"{service}.{operation}");
        return message;
    }

    public static HttpRequestMessage InCbor(
        this DemoServer server, byte[] body, string operation = "Echo", string service = "Demo_20120601")
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, $"/service/{service}/operation/{operation}"))
        {
            Content = Content(body, Cbor),
        };
        message.Headers.Add("smithy-protocol", "rpc-v2-cbor");
        return message;
    }

    private static ByteArrayContent Content(byte[] body, string type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }
}
