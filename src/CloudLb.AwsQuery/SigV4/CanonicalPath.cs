using System.Text;
using CloudLb.AwsQuery.Responses;

namespace CloudLb.AwsQuery.SigV4;

/// <summary>The path in the canonical request: dot segments and doubled slashes resolved, each segment encoded anew.</summary>
internal static class CanonicalPath
{
    public static void Append(Utf8Buffer buffer, string path)
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
                segments.Add(Uri.EscapeDataString(Uri.UnescapeDataString(segment)));
            }
        }

        var isFolder = path.EndsWith('/') || path.EndsWith("/.", StringComparison.Ordinal) || path.EndsWith("/..", StringComparison.Ordinal);
        var text = new StringBuilder("/").AppendJoin('/', segments).Append(isFolder && segments.Count > 0 ? "/" : "");
        buffer.Append(text.ToString());
    }
}
