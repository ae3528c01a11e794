using System.Text;
using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.SigV4;

/// <summary>
/// The path in the canonical request. AWS's services have three ways to write it, which are one for a path without escapes.
/// </summary>
internal static class CanonicalPath
{
    /// <summary>S3 signs the path as it is sent; all others encode that again, escapes and all.</summary>
    /// <param name="service">The service in the credential scope.</param>
    public static bool IsSentAsSigned(string service) => service is "s3" or "s3express" or "s3-outposts" or "s3-object-lambda";

    /// <summary>
    /// As the query protocol's own paths are signed: dot segments and doubled slashes resolved, each segment decoded and encoded anew.
    /// </summary>
    public static void Append(Utf8Buffer buffer, string path) =>
        Append(buffer, path, static segment => Uri.EscapeDataString(Uri.UnescapeDataString(segment)));

    /// <summary>A path that stands as it was sent, for a service whose resources are named in it.</summary>
    public static void AppendSent(Utf8Buffer buffer, string path, string service)
    {
        if (IsSentAsSigned(service))
        {
            buffer.Append(path);
        }
        else
        {
            Append(buffer, path, Uri.EscapeDataString);
        }
    }

    private static void Append(Utf8Buffer buffer, string path, Func<string, string> encode)
    {
        if (path is "/" or "")
        {
            buffer.Append((byte)'/');
            return;
        }

        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == "..")
            {
                segments.RemoveRange(Math.Max(0, segments.Count - 1), Math.Min(1, segments.Count));
            }
            else if (segment is not ("" or "."))
            {
                segments.Add(encode(segment));
            }
        }

        var isFolder = path.EndsWith('/')
            || path.EndsWith("/.", StringComparison.Ordinal)
            || path.EndsWith("/..", StringComparison.Ordinal);
        var text = new StringBuilder("/").AppendJoin('/', segments).Append(isFolder && segments.Count > 0 ? "/" : "");
        buffer.Append(text.ToString());
    }
}
