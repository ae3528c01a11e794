using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>
/// Version 4 of the signature, by AWS's description of it and fast: keys are derived once, and nothing of CloudLb's is used.
/// </summary>
internal sealed record FuzzSigner(Account Account, string Region, string Service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    private static readonly ConcurrentDictionary<(string Secret, string Day, string Region, string Service), byte[]> Keys = new();

    /// <summary>When it is signed; the present when absent.</summary>
    public DateTime? Time { get; init; }

    private DateTime Now => Time ?? TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>The headers that sign a request: the date, and the authorization.</summary>
    /// <param name="query">As sent, without the question mark, every name and value escaped.</param>
    /// <param name="headers">To be signed, in lower case, beside the date.</param>
    /// <param name="payload">The body's hash, or a word of AWS's.</param>
    public IReadOnlyList<(string Name, string Value)> Sign(
        string method, string path, string query, IReadOnlyList<(string Name, string Value)> headers, string payload)
    {
        var date = Now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var signed = headers.Append(("x-amz-date", date)).OrderBy(header => header.Item1, StringComparer.Ordinal).ToList();
        var names = string.Join(';', signed.Select(header => header.Item1));
        var signature = Signature(method, path, query, signed, names, payload, date);
        return [
            ("X-Amz-Date", date),
            ("Authorization", $"{Algorithm} Credential={Account.AccessKeyId}/{Scope(date)}, SignedHeaders={names}, Signature={signature}")];
    }

    /// <summary>A query string that signs itself.</summary>
    public string Presign(string method, string path, string query, string host, string payload)
    {
        var date = Now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var whole = $"{query}&X-Amz-Algorithm={Algorithm}&X-Amz-Credential={Uri.EscapeDataString($"{Account.AccessKeyId}/{Scope(date)}")}" +
            $"&X-Amz-Date={date}&X-Amz-Expires=300&X-Amz-SignedHeaders=host";
        return $"{whole}&X-Amz-Signature={Signature(method, path, whole, [("host", host)], "host", payload, date)}";
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string Scope(string date) => $"{date[..8]}/{Region}/{Service}/aws4_request";

    private string Signature(
        string method, string path, string query, IEnumerable<(string Name, string Value)> headers, string names, string payload,
        string date)
    {
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).Select(pair => (Name: pair[0], Value: pair.Length > 1 ? pair[1] : ""))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        var signed = string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"));
        var canonical = $"{method}\n{path}\n{string.Join('&', parameters)}\n{signed}\n{names}\n{payload}";
        var text = $"{Algorithm}\n{date}\n{Scope(date)}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(Key(date[..8]), Encoding.UTF8.GetBytes(text)));
    }

    private byte[] Key(string day) => Keys.GetOrAdd((Account.SecretAccessKey, day, Region, Service), static scope =>
    {
        var key = Encoding.UTF8.GetBytes($"AWS4{scope.Secret}");
        foreach (var part in new[] { scope.Day, scope.Region, scope.Service, "aws4_request" })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    });
}
