using System.Text;

namespace CloudLb.AwsApi.Generator.Emitting;

/// <summary>C# text with its indentation.</summary>
internal sealed class SourceText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public SourceText Line(string line = "")
    {
        _text.Append(' ', line.Length == 0 ? 0 : _depth * 4).Append(line).Append('\n');
        return this;
    }

    public SourceText Open()
    {
        Line("{");
        _depth++;
        return this;
    }

    public SourceText Close(string end = "}")
    {
        _depth--;
        return Line(end);
    }

    public override string ToString() => _text.ToString();
}
