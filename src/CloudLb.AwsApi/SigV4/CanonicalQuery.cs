using System.Text;
using CloudLb.AwsApi.Protocols.Query;
using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.SigV4;

/// <summary>
/// The query string in the canonical request: each name and value encoded anew, sorted by name, then by value; the signature itself left
/// out.
/// </summary>
internal static class CanonicalQuery
{
    /// <exception cref="WireException">An escape is broken, or a limit is passed.</exception>
    public static void Append(Utf8Buffer buffer, ReadOnlySpan<char> query)
    {
        if (query.IsEmpty)
        {
            return;
        }

        var bytes = new byte[Encoding.UTF8.GetByteCount(query)];
        Encoding.UTF8.GetBytes(query, bytes);
        var pairs = new List<KeyValuePair<string, string>>();
        ParameterParser.Parse(bytes, pairs);
        var encoded = pairs
            .Where(pair => pair.Key != PresignedQuery.SignatureParameter)
            .Select(pair => KeyValuePair.Create(Uri.EscapeDataString(pair.Key), Uri.EscapeDataString(pair.Value)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal);
        var isFirst = true;
        foreach (var (name, value) in encoded)
        {
            if (!isFirst)
            {
                buffer.Append((byte)'&');
            }

            isFirst = false;
            buffer.Append(name);
            buffer.Append((byte)'=');
            buffer.Append(value);
        }
    }
}
