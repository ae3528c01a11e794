using CloudLb.Tools.Calling;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Parsing;

namespace CloudLb.Tools.Output;

/// <summary>The form that a command line asks for.</summary>
internal sealed class OutputForm(Arguments arguments, TextWriter output)
{
    private const string Blanks = "  ", Comma = ",";

    private bool IsRaw => arguments.Has(CommonOptions.ShowXml);

    /// <summary>Prints the service's own text, where that is asked for; a line for line copy, escaped in nothing.</summary>
    public void WriteRaw(ServiceAnswer answer)
    {
        if (!IsRaw)
        {
            return;
        }

        output.Write(arguments.Has(CommonOptions.Headers) ? answer.Head : "");
        output.Write(answer.Text);
        output.Write(answer.Text.EndsWith('\n') ? "" : "\n");
    }

    public void Write(Answer answer)
    {
        if (IsRaw || arguments.Has(CommonOptions.Quiet))
        {
            return;
        }

        if (arguments.Family == Family.Euca)
        {
            WriteEuca(answer.Rows);
        }
        else if (answer.Rows.Count == 0)
        {
            output.WriteLine(answer.Otherwise ?? "");
        }
        else if (arguments.Has(CommonOptions.ShowLong))
        {
            new LongForm(arguments.Find(CommonOptions.Delimiter) ?? Comma, arguments.Has(CommonOptions.Headers)).Write(output, answer.Rows);
        }
        else
        {
            Table(arguments.Find(CommonOptions.Delimiter) ?? Blanks, CommonOptions.Headers).Write(output, answer.Rows);
        }
    }

    private void WriteEuca(IReadOnlyList<Row> rows)
    {
        if (arguments.Command.IsEucaTable)
        {
            Table(Blanks, CommonOptions.ShowHeaders).Write(output, rows);
        }
        else
        {
            new TabForm(arguments.Has(CommonOptions.ShowEmptyFields)).Write(output, rows);
        }
    }

    private TableForm Table(string delimiter, string headers) =>
        new(delimiter, arguments.Has(headers), arguments.Has(CommonOptions.ShowEmptyFields));
}
