namespace CloudLb.HAProxy.Trials;

/// <summary>How one text becomes another, line by line.</summary>
internal static class TextDifference
{
    private const int Around = 2;

    /// <summary>Empty for equal texts.</summary>
    public static IReadOnlyList<string> Of(string before, string after)
    {
        var lines = All(before.TrimEnd('\n').Split('\n'), after.TrimEnd('\n').Split('\n')).ToList();
        var near = lines
            .Index()
            .Where(line => line.Item[0] != ' ')
            .SelectMany(line => Enumerable.Range(line.Index - Around, (2 * Around) + 1))
            .ToHashSet();
        var (result, last) = (new List<string>(), -1);
        foreach (var (index, line) in lines.Index().Where(line => near.Contains(line.Index)))
        {
            if (index != last + 1 && result.Count > 0)
            {
                result.Add(" …");
            }

            result.Add(line);
            last = index;
        }

        return result;
    }

    /// <summary>By the longest common part of what is neither the same beginning nor the same end.</summary>
    private static IEnumerable<string> All(string[] before, string[] after)
    {
        var begin = 0;
        while (begin < Math.Min(before.Length, after.Length) && before[begin] == after[begin])
        {
            begin++;
        }

        var end = 0;
        while (end < Math.Min(before.Length, after.Length) - begin && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        var (one, other) = (before[begin..^end], after[begin..^end]);
        var common = new int[one.Length + 1, other.Length + 1];
        for (var i = one.Length - 1; i >= 0; i--)
        {
            for (var j = other.Length - 1; j >= 0; j--)
            {
                common[i, j] = one[i] == other[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var result = before[..begin].Select(line => $" {line}").ToList();
        for (var (i, j) = (0, 0); i < one.Length || j < other.Length;)
        {
            var isSame = i < one.Length && j < other.Length && one[i] == other[j];
            var goes = !isSame && i < one.Length && (j == other.Length || common[i + 1, j] >= common[i, j + 1]);
            result.Add(isSame ? $" {one[i]}" : goes ? $"-{one[i]}" : $"+{other[j]}");
            (i, j) = (i + (isSame || goes ? 1 : 0), j + (goes ? 0 : 1));
        }

        return result.Concat(before[^end..].Select(line => $" {line}"));
    }
}
