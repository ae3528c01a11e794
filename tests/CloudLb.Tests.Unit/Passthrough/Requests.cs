using System.Security.Cryptography;
using System.Text;
using CloudLb.Tests.Unit.AwsApi;

namespace CloudLb.Tests.Unit.Passthrough;

/// <summary>Requests of other services' clients.</summary>
internal static class Requests
{
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <param name="payload">What the signature says of the body; its hash when absent.</param>
    public static HttpRequestMessage Signed(
        this DemoServer server, string service, string line, byte[]? body = null, string? payload = null, string? secret = null,
        params (string Name, string Value)[] headers)
    {
        var message = server.Bare(line, body);
        foreach (var (name, value) in headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        server.SignerFor(secret: secret ?? KnownCredentials.SecretAccessKey, service: service)
            .Sign(message, payload ?? Convert.ToHexStringLower(SHA256.HashData(body ?? [])));
        return message;
    }

    public static HttpRequestMessage Bare(this DemoServer server, string line, byte[]? body = null)
    {
        var (method, target) = (line.Split(' ')[0], line.Split(' ')[1]);
        var uri = new Uri(
            $"{server.Url.GetLeftPart(UriPartial.Authority)}{target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        return new HttpRequestMessage(new HttpMethod(method), uri) { Content = body is null ? null : new ByteArrayContent(body) };
    }

    public static HttpRequestMessage ListTables(this DemoServer server, string? secret = null) => server.Signed(
        "dynamodb", "POST /", "{}"u8.ToArray(), secret: secret,
        headers: [("X-Amz-Target", "DynamoDB_20120810.ListTables"), ("Content-Type", "application/x-amz-json-1.0")]);

    public static string Text(this OtherEndpoint.Question question) => Encoding.UTF8.GetString(question.Body);
}
