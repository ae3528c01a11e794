namespace CloudLb.Cli.Migration.Reading;

/// <summary>A structure as euca2ools print it: <c>{protocol=HTTP,lb-port=80,{policy,other}}</c>.</summary>
/// <param name="Members">Names and values.</param>
/// <param name="Names">What stands in the inner braces, or behind <c>policies=</c>.</param>
internal sealed record EucaStructure(IReadOnlyList<(string Name, string Value)> Members, IReadOnlyList<string> Names)
{
    public string? Find(string name) => Members.FirstOrDefault(member => member.Name == name).Value;

    /// <summary>Those of a column, which commas part.</summary>
    /// <exception cref="InvalidDataException">The braces do not match.</exception>
    public static IEnumerable<EucaStructure> Of(string column)
    {
        for (var start = column.IndexOf('{', StringComparison.Ordinal); start >= 0; start = column.IndexOf('{', start))
        {
            var end = End(column, start);
            yield return One(column[(start + 1)..end]);
            start = end;
        }
    }

    private static EucaStructure One(string text)
    {
        var inner = text.IndexOf('{', StringComparison.Ordinal);
        var names = inner < 0 ? [] : text[(inner + 1)..End(text, inner)].Split(',', StringSplitOptions.RemoveEmptyEntries);
        var members = (inner < 0 ? text : text[..inner]).Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(member => member.Split('=', 2)).Where(parts => parts.Length == 2 && parts[1].Length > 0)
            .Select(parts => (parts[0], parts[1]));
        return new([.. members], names);
    }

    private static int End(string text, int start)
    {
        for (var (index, depth) = (start, 0); index < text.Length; index++)
        {
            depth += text[index] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return index;
            }
        }

        throw new InvalidDataException("a brace has no end.");
    }
}
