using System.Text;

namespace CloudLb.HAProxy.Runtime;

/// <summary>
/// The answer to <c>show stat</c>: comma-separated, with a heading that names the columns. For what is asked on demand, about a few
/// proxies.
/// </summary>
internal static class StatText
{
    /// <summary>The rows, each with its values by column; none where the answer has no heading, as of a proxy that is not there.</summary>
    public static IEnumerable<StatRow> Read(string text)
    {
        Dictionary<string, int>? columns = null;
        foreach (var line in text.Split('\n').Where(line => line.Length > 0))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                columns = line[2..].Split(',').Index().Where(column => column.Item.Length > 0).DistinctBy(column => column.Item)
                    .ToDictionary(column => column.Item, column => column.Index);
            }
            else if (columns is not null)
            {
                yield return new StatRow(columns, line);
            }
        }
    }

    /// <summary>
    /// A value of a row; empty where it has none. One that holds commas stands in quotation marks, which are doubled within it: what an
    /// instance has answered to a check may.
    /// </summary>
    public static string Value(string line, int index)
    {
        var start = 0;
        for (; index > 0; index--)
        {
            start = EndOf(line, start) + 1;
            if (start > line.Length)
            {
                return "";
            }
        }

        var value = line.AsSpan(start, EndOf(line, start) - start);
        return value.Contains('"') ? Unquoted(value) : value.ToString();
    }

    private static int EndOf(string line, int start)
    {
        var isQuoted = false;
        for (var position = start; position < line.Length; position++)
        {
            if (line[position] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[position] == ',' && !isQuoted)
            {
                return position;
            }
        }

        return line.Length;
    }

    private static string Unquoted(ReadOnlySpan<char> value)
    {
        var text = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] != '"')
            {
                text.Append(value[index]);
            }
            else if (isQuoted && index + 1 < value.Length && value[index + 1] == '"')
            {
                text.Append(value[++index]);
            }
            else
            {
                isQuoted = !isQuoted;
            }
        }

        return text.ToString();
    }
}
