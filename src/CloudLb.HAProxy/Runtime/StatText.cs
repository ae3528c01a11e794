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
                columns = Values(line[2..]).Index().Where(column => column.Item.Length > 0).DistinctBy(column => column.Item)
                    .ToDictionary(column => column.Item, column => column.Index);
            }
            else if (columns is not null)
            {
                yield return new StatRow(columns, Values(line));
            }
        }
    }

    /// <summary>
    /// A value that holds commas stands in quotation marks, which are doubled within it: what an instance has answered to a check may.
    /// </summary>
    private static List<string> Values(string line)
    {
        var values = new List<string>();
        var value = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < line.Length; index++)
        {
            var character = line[index];
            if (character == '"' && isQuoted && index + 1 < line.Length && line[index + 1] == '"')
            {
                value.Append(line[++index]);
            }
            else if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (character == ',' && !isQuoted)
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else
            {
                value.Append(character);
            }
        }

        values.Add(value.ToString());
        return values;
    }
}
