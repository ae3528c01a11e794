using CloudLb.AwsApi.Responses;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.SigV4;

/// <summary>A request in the one spelling that both sides sign.</summary>
internal readonly ref struct CanonicalRequest
{
    public required string Method { get; init; }

    /// <summary>Without the query; empty counts as <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Null for a query service. Otherwise the service whose way it is to write the path, which stands as it was sent.</summary>
    public string? PathStyle { get; init; }

    /// <summary>As sent, without the question mark.</summary>
    public required ReadOnlySpan<char> Query { get; init; }

    public required IHeaderDictionary Headers { get; init; }

    /// <summary>The client's own list, in its order.</summary>
    public required string SignedHeaders { get; init; }

    public required ReadOnlySpan<byte> BodyHash { get; init; }

    /// <summary>
    /// What stands in the hash's place, where the request says so itself: a hash in digits, or a word like <c>UNSIGNED-PAYLOAD</c>. Null:
    /// the hash.
    /// </summary>
    public string? DeclaredPayload { get; init; }

    public void WriteTo(Utf8Buffer buffer)
    {
        buffer.Append(Method);
        buffer.Append((byte)'\n');
        if (PathStyle is null)
        {
            CanonicalPath.Append(buffer, Path);
        }
        else
        {
            CanonicalPath.AppendSent(buffer, Path, PathStyle);
        }

        buffer.Append((byte)'\n');
        CanonicalQuery.Append(buffer, Query);
        buffer.Append((byte)'\n');
        foreach (var range in SignedHeaders.AsSpan().Split(';'))
        {
            AppendHeader(buffer, SignedHeaders[range]);
        }

        buffer.Append((byte)'\n');
        buffer.Append(SignedHeaders);
        buffer.Append((byte)'\n');
        if (DeclaredPayload is null)
        {
            Hex.Append(buffer, BodyHash);
        }
        else
        {
            buffer.Append(DeclaredPayload);
        }
    }

    private void AppendHeader(Utf8Buffer buffer, string name)
    {
        buffer.Append(name);
        buffer.Append((byte)':');
        var values = Headers[name == ":authority" ? "Host" : name];
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                buffer.Append((byte)',');
            }

            AppendValue(buffer, values[i]);
        }

        buffer.Append((byte)'\n');
    }

    /// <summary>Trimmed, and with one blank for several; a folded line's break counts as a blank.</summary>
    private static void AppendValue(Utf8Buffer buffer, ReadOnlySpan<char> value)
    {
        const string Blanks = " \t\r\n";
        value = value.Trim(Blanks);
        while (!value.IsEmpty)
        {
            var end = value.IndexOfAny(Blanks);
            if (end < 0)
            {
                buffer.Append(value);
                return;
            }

            buffer.Append(value[..end]);
            buffer.Append((byte)' ');
            value = value[end..].TrimStart(Blanks);
        }
    }
}
