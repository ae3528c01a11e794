using System.Globalization;
using System.Text;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>Calls in the protocols, and for the services, that CloudLb refuses in their own words.</summary>
internal sealed class FuzzForeign(Random random, string host)
{
    private static readonly string[] Services =
    [
        "dynamodb", "lambda", "s3", "sqs", "route53", "cloudfront", "logs", "kms", "rds", "sns", "a.b_c-d",
    ];

    private static readonly string[] Payloads =
    [
        "UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "nonsense", "",
    ];

    public FuzzRequest Next()
    {
        var body = Body();
        var (method, path, headers) = Head();
        var isForged = random.Next(3) == 0;
        if (random.Next(12) == 0)
        {
            var old = $"/bucket/key?AWSAccessKeyId={Account.First.AccessKeyId}&Signature=AAAA&Expires=1";
            return new("foreign, S3's old form", FuzzWire.Write("GET", old, [("Host", host)], [])) { IsForged = true };
        }

        if (isForged && random.Next(2) == 0)
        {
            return new("foreign, unsigned", Write(method, path, [("Host", host), .. headers], body)) { IsForged = true };
        }

        var signer = new FuzzSigner(Any(Account.First, Account.Second), Any("us-east-1", "eu-west-1"), Any(Services));
        if (isForged)
        {
            signer = signer with { Account = signer.Account with { SecretAccessKey = "another" } };
        }

        // Some declare a payload that the body is not, or that is none.
        var payload = random.Next(3) switch { 0 => Any(Payloads), _ => FuzzSigner.Hash(body) };
        var signed = headers
            .Select(header => (header.Name.ToLowerInvariant(), header.Value))
            .Append(("host", host))
            .Append(("x-amz-content-sha256", payload))
            .ToList();
        if (payload.StartsWith("STREAMING", StringComparison.Ordinal))
        {
            body = InSignedChunks(body);
        }

        return new(isForged ? "foreign, wrongly signed" : "foreign, signed", Write(
            method, path, [
                ("Host", host), .. headers, ("x-amz-content-sha256", payload), .. signer.Sign(
                    method, path, "", signed, payload)], body)) { IsForged = true };
    }

    private byte[] Write(string method, string path, IEnumerable<(string Name, string Value)> headers, byte[] body) =>
        FuzzWire.Write(
            method, path, headers, method is "GET" or "HEAD" ? [] : body, method is "GET" or "HEAD" || random.Next(7) > 0 ? null : random);

    private (string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers) Head() => random.Next(4) switch
    {
        0 => ("POST", "/",
            [
                ("Content-Type", $"application/x-amz-json-1.{random.Next(2)}"),
                ("X-Amz-Target", Any("DynamoDB_20120810.ListTables", "a.b.c", ".", "x", Visible())),
            ]),
        1 => ("POST", Any("/service/Foo/operation/Bar", "/service/Foo", "/"),
            [("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor"), ("x-amzn-query-mode", Any("true", "false"))]),
        2 =>
            (
                Any("GET", "PUT", "POST", "DELETE", "HEAD"),
                Any("/bucket/key", "/2015-03-31/functions", "/2013-04-01/hostedzone", "/a//b", "/-"), []),
        _ => ("POST", Any("/", "/x"), [("Content-Type", FuzzWire.FormType)]),
    };

    private byte[] Body()
    {
        const int LongestBinary = 300;
        if (random.Next(3) > 0)
        {
            return Encoding.UTF8.GetBytes(
                Any("{}", "{\"a\":", "<a/>", "", "Action=ListQueues&Version=2012-11-05", FuzzCalls.Hostile("x", random)));
        }

        var bytes = new byte[random.Next(LongestBinary)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>The form of S3's chunks, with signatures that are none.</summary>
    private byte[] InSignedChunks(byte[] body)
    {
        var size = body.Length.ToString("x", CultureInfo.InvariantCulture);
        var signature = random.Next(3) == 0 ? "" : $";chunk-signature={new string('0', random.Next(70))}";
        return [.. Encoding.ASCII.GetBytes($"{size}{signature}\r\n"), .. body, .. Encoding.ASCII.GetBytes($"\r\n0{signature}\r\n\r\n")];
    }

    private string Visible() =>
        string.Concat(FuzzCalls.Hostile("x", random).Where(c => c is > ' ' and <= '~').Take(200)) is { Length: > 0 } text ? text : "x";

    private T Any<T>(params ReadOnlySpan<T> values) => values[random.Next(values.Length)];
}
