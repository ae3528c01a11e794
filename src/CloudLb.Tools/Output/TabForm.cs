namespace CloudLb.Tools.Output;

/// <summary>Euca2ools' form: a tab between values, and nothing for nothing, so that columns never shift.</summary>
internal sealed class TabForm(bool showsEmptyFields)
{
    public void Write(TextWriter output, IReadOnlyList<Row> rows)
    {
        foreach (var row in rows)
        {
            output.WriteLine(string.Join('\t', row.Cells.Select(Text).Prepend(Printable.Of(row.Type))));
        }
    }

    private string Text(Cell cell) => string.IsNullOrEmpty(cell.Value) ? (showsEmptyFields ? TableForm.Nil : "") : Printable.Of(cell.Value);
}
