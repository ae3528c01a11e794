namespace CloudLb.Tools.Output;

/// <summary>All columns, always as many: scripts count them. What holds the delimiter stands in double quotes.</summary>
internal sealed class LongForm(string delimiter, bool showsHeaders)
{
    public void Write(TextWriter output, IReadOnlyList<Row> rows)
    {
        Row? before = null;
        foreach (var row in rows)
        {
            if (showsHeaders && (before is null || !Columns(before).SequenceEqual(Columns(row))))
            {
                output.WriteLine(string.Join(delimiter, Columns(row)));
            }

            output.WriteLine(string.Join(delimiter, row.Cells.Select(Text).Prepend(row.Type)));
            before = row;
        }
    }

    private static IEnumerable<string> Columns(Row row) => row.Cells.Select(cell => cell.Column).Prepend(row.Type);

    private string Text(Cell cell)
    {
        if (string.IsNullOrEmpty(cell.Value))
        {
            return TableForm.Nil;
        }

        var text = Printable.Of(cell.Value);
        return delimiter.Length > 0 && text.Contains(delimiter, StringComparison.Ordinal) ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
    }
}
