using System.Text;

namespace CloudLb.Bench.Results;

/// <summary>A table of results, with what one must know to read it.</summary>
internal sealed class ResultTable(string title, string explanation, params IReadOnlyList<string> columns)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Row(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public string ToMarkdown()
    {
        var text = new StringBuilder($"## {title}\n\n{explanation}\n\n");
        Line(text, columns);
        Line(text, [.. columns.Select((_, index) => index == 0 ? "---" : "---:")]);
        foreach (var row in _rows)
        {
            Line(text, row);
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, IReadOnlyList<string> cells) => text.Append($"| {string.Join(" | ", cells)} |\n");
}
