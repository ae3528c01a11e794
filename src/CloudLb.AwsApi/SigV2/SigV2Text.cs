using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.SigV2;

/// <summary>What is signed under version 2: the method, the host, the path and all parameters but the signature, sorted.</summary>
internal static class SigV2Text
{
    public const string SignatureParameter = "Signature";
    public const string HmacSha256 = "HmacSHA256";
    public const string HmacSha1 = "HmacSHA1";

    public static byte[] Of(HttpRequest http, ApiRequest request)
    {
        var path = http.PathBase.Value + http.Path.Value;
        return Of(http.Method, HostOf(http), path, request.Parameters);
    }

    public static byte[] Of(string method, string host, string path, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var query = parameters
            .Where(parameter => parameter.Key != SignatureParameter)
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}");
        return Encoding.UTF8.GetBytes($"{method}\n{host}\n{(path.Length == 0 ? "/" : path)}\n{string.Join('&', query)}");
    }

    /// <param name="method">One of the two above.</param>
    [SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Version 2 has it, and is off by default.")]
    public static byte[] Sign(byte[] text, string method, string secret)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        return method == HmacSha1 ? HMACSHA1.HashData(key, text) : HMACSHA256.HashData(key, text);
    }

    /// <summary>In small letters; the scheme's own port is left out, whether or not the client sent it.</summary>
    private static string HostOf(HttpRequest http)
    {
        var host = http.Host.Value?.ToLowerInvariant() ?? "";
        var ownPort = http.IsHttps ? ":443" : ":80";
        return host.EndsWith(ownPort, StringComparison.Ordinal) ? host[..^ownPort.Length] : host;
    }
}
