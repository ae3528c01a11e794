using System.Text;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Text for HAProxy, built line by line; knows how many lines it has, so that HAProxy's complaints find their cause.</summary>
internal sealed class ConfigText
{
    private readonly StringBuilder _text = new();

    /// <summary>Lines begun so far.</summary>
    public int Lines { get; private set; }

    /// <summary>Begins a line of a section.</summary>
    public ConfigLine Line(string keyword) => Begin("  ").Word(keyword);

    /// <summary>Begins a section, after an empty line.</summary>
    public ConfigLine Section(string keyword)
    {
        if (Lines > 0)
        {
            Block("");
        }

        return Begin("").Word(keyword);
    }

    /// <summary>Takes finished lines over as they are: our own constants, text written before, or the operator's.</summary>
    public void Block(string lines)
    {
        foreach (var line in lines.AsSpan().EnumerateLines())
        {
            Begin("");
            _text.Append(line);
        }
    }

    /// <summary>The lines, the last one ended too.</summary>
    public override string ToString() => Lines == 0 ? "" : _text.ToString() + "\n";

    private ConfigLine Begin(string indent)
    {
        if (Lines++ > 0)
        {
            _text.Append('\n');
        }

        return new ConfigLine(_text.Append(indent));
    }
}
