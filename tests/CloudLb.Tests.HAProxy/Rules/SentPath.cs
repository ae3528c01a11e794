using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudLb.Tests.HAProxy;

/// <summary>What conditions look at of a path, as it is told in docs/elbv2.md, done the plain way.</summary>
internal static partial class SentPath
{
    /// <summary>The path without what says it in another way; null where the load balancer refuses it.</summary>
    public static string? Normalized(string path)
    {
        if (path.Contains("%00"))
        {
            return null;
        }

        var read = Escaped().Replace(path, found => Read(found.Value));
        var segments = new List<string>();
        foreach (var segment in read.Split('/')[1..])
        {
            if (segment == ".." && segments.Count == 0)
            {
                return null;
            }

            if (segment == "..")
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment != ".")
            {
                segments.Add(segment);
            }
        }

        return $"/{string.Join('/', segments)}{(segments.Count > 0 && read.Split('/')[^1] is "." or ".." ? "/" : "")}";
    }

    private static string Read(string escaped) => (char)int.Parse(escaped[1..], NumberStyles.HexNumber) switch
    {
        '?' or < ' ' or > '~' => escaped,
        var letter => letter.ToString(),
    };

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escaped();
}
