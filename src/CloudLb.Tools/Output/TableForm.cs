using System.Text;

namespace CloudLb.Tools.Output;

/// <summary>Columns as wide as their widest value; those with nothing in any row are left out, unless empty fields are shown.</summary>
internal sealed class TableForm(string delimiter, bool showsHeaders, bool showsEmptyFields)
{
    public const string Nil = "(nil)";

    /// <summary>Characters of a text's column; with what stands before it a line keeps near those of a wide terminal.</summary>
    private const int WrapWidth = 60;

    public void Write(TextWriter output, IReadOnlyList<Row> rows)
    {
        // Rows of one type and the same columns are a table of their own.
        for (var start = 0; start < rows.Count;)
        {
            var end = start + 1;
            while (end < rows.Count && IsLike(rows[end], rows[start]))
            {
                end++;
            }

            WriteTable(output, [.. rows.Take(start..end)]);
            start = end;
        }
    }

    private static bool IsLike(Row row, Row other) =>
        row.Type == other.Type && ShortCells(row).Select(cell => cell.Column).SequenceEqual(ShortCells(other).Select(cell => cell.Column));

    private static IEnumerable<Cell> ShortCells(Row row) => row.Cells.Where(cell => !cell.IsLong);

    private void WriteTable(TextWriter output, IReadOnlyList<Row> rows)
    {
        var columns = ShortCells(rows[0]).ToList();
        var shown = Enumerable.Range(0, columns.Count)
            .Where(column => showsEmptyFields || rows.Any(row => !string.IsNullOrEmpty(ShortCells(row).ElementAt(column).Value)))
            .ToList();
        var lines = new List<string[]>();
        if (showsHeaders)
        {
            lines.Add([rows[0].Type, .. shown.Select(column => columns[column].Column)]);
        }

        foreach (var row in rows)
        {
            var cells = ShortCells(row).ToList();
            lines.AddRange(Lines(row.Type, [.. shown.Select(column => cells[column])]));
        }

        var widths = Enumerable.Range(0, shown.Count + 1).Select(column => lines.Max(line => line[column].Length)).ToList();
        foreach (var line in lines)
        {
            output.WriteLine(string.Join(delimiter, line.Select((text, column) => text.PadRight(widths[column]))).TrimEnd(' '));
        }
    }

    /// <summary>More than one where a text is wrapped; what is beside it stands in the first.</summary>
    private IEnumerable<string[]> Lines(string type, IReadOnlyList<Cell> cells)
    {
        var texts = cells.Select(cell => cell.Wraps ? Wrap(Text(cell)) : [Text(cell)]).ToList();
        var height = texts.Count == 0 ? 1 : texts.Max(text => text.Count);
        for (var i = 0; i < height; i++)
        {
            var line = i;
            yield return [line == 0 ? type : "", .. texts.Select(text => line < text.Count ? text[line] : "")];
        }
    }

    private string Text(Cell cell) => string.IsNullOrEmpty(cell.Value) ? (showsEmptyFields ? Nil : "") : Printable.Of(cell.Value);

    private static List<string> Wrap(string text)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > WrapWidth)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }
}
