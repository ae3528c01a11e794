using System.Globalization;
using System.Text;

namespace CloudLb.Cli.Migration.Printing;

/// <summary>A block of Terraform's language, laid out as <c>terraform fmt</c> does.</summary>
internal sealed class HclBlock(string head)
{
    private readonly List<(string Name, string Value)> _arguments = [];
    private readonly List<string> _comments = [];
    private readonly List<HclBlock> _blocks = [];

    public bool IsEmpty => _arguments.Count == 0 && _blocks.Count == 0;

    /// <summary>An argument of text; nothing for null.</summary>
    public HclBlock Text(string name, string? value) => value is null ? this : Raw(name, Quoted(value));

    /// <summary>An argument that is an expression, a number or a truth.</summary>
    public HclBlock Raw(string name, string? expression)
    {
        if (expression is not null)
        {
            _arguments.Add((name, expression));
        }

        return this;
    }

    public HclBlock List(string name, IEnumerable<string> expressions)
    {
        var list = expressions.ToList();
        return list.Count == 0 ? this : Raw(name, $"[{string.Join(", ", list)}]");
    }

    public HclBlock Block(HclBlock block)
    {
        if (!block.IsEmpty)
        {
            _blocks.Add(block);
        }

        return this;
    }

    public HclBlock Comment(string text)
    {
        _comments.Add($"# {Commands.Printable.Of(text)}");
        return this;
    }

    public override string ToString() => Write(new StringBuilder(), "").ToString();

    /// <summary>A string of the language, in which nothing is a template.</summary>
    public static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            text.Append(letter switch
            {
                '"' => "\\\"", '\\' => @"\\", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t",
                < ' ' or '\u007f' or '\u2028' or '\u2029' =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => letter.ToString(),
            });
        }

        return text.Replace("${", "$${").Replace("%{", "%%{").Append('"').ToString();
    }

    private StringBuilder Write(StringBuilder text, string indent)
    {
        text.Append(indent).Append(head).Append(" {\n");
        foreach (var comment in _comments)
        {
            text.Append(indent).Append("  ").Append(comment).Append('\n');
        }

        var width = _arguments.Select(argument => argument.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, value) in _arguments)
        {
            text.Append(indent).Append("  ").Append(name.PadRight(width)).Append(" = ").Append(value).Append('\n');
        }

        var isFirst = _arguments.Count == 0;
        foreach (var block in _blocks)
        {
            text.Append(isFirst ? "" : "\n");
            block.Write(text, indent + "  ");
            isFirst = false;
        }

        return text.Append(indent).Append("}\n");
    }
}
