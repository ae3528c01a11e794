using System.Globalization;
using System.Text;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// The path that conditions look at, of the one that a client has sent: printable letters of ASCII that are encoded are read, then segments
/// <c>.</c> and <c>..</c> are taken away. Slashes that come twice stay, and so does what is no encoding.
/// </summary>
public static class NormalizedPath
{
    /// <summary>So many segments in a row can be left by as many <c>..</c>.</summary>
    private const int MostUp = 8;

    /// <summary>What conditions look at; null where the request is refused: it leads above the root, or has a NUL.</summary>
    /// <param name="sent">Without the query.</param>
    public static string? Of(string sent)
    {
        if (!sent.StartsWith('/'))
        {
            return sent;
        }

        // What segments there are, each with how deep it was that came behind it and is gone.
        var kept = new Stack<(string Segment, int Gone)>();
        var segments = Read(sent).Split('/')[1..];
        foreach (var (index, segment) in segments.Index())
        {
            var isLast = index == segments.Length - 1;
            if (segment.Contains("%00", StringComparison.Ordinal))
            {
                return null;
            }

            if (segment == "..")
            {
                if (!kept.TryPop(out var left) || left.Gone == MostUp)
                {
                    return null;
                }

                if (kept.TryPop(out var before))
                {
                    kept.Push(before with { Gone = Math.Max(before.Gone, left.Gone + 1) });
                }
            }

            if (segment is not "." and not "..")
            {
                kept.Push((segment, 0));
            }
            else if (isLast)
            {
                kept.Push(("", 0));
            }
        }

        return $"/{string.Join('/', kept.Reverse().Select(each => each.Segment))}";
    }

    private static string Read(string sent)
    {
        var read = new StringBuilder();
        for (var index = 0; index < sent.Length; index++)
        {
            var isLetter = sent[index] == '%' && index + 2 < sent.Length
                && int.TryParse(sent.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && code is >= ' ' and <= '~' and not '?'
                && !(code == '%' && sent.AsSpan(index + 3).StartsWith("00"));
            if (isLetter)
            {
                read.Append((char)Convert.ToInt32(sent.Substring(index + 1, 2), 16));
                index += 2;
            }
            else
            {
                read.Append(sent[index]);
            }
        }

        return read.ToString();
    }
}
