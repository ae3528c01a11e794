using System.Text;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Text for HAProxy, built line by line; knows how many lines it has, so that HAProxy's complaints find their cause.</summary>
/// <param name="keepsParts">Whether <see cref="Parts"/> are asked for, as templates do.</param>
internal sealed class ConfigText(bool keepsParts = false)
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Name, int Start)> _parts = [];

    /// <summary>Lines begun so far.</summary>
    public int Lines { get; private set; }

    /// <summary>The lines of each part, by its name: <see cref="Part"/>.</summary>
    public IReadOnlyDictionary<string, string> Parts => _parts
        .Select((part, index) => (part.Name, Text: _text.ToString(part.Start, EndOf(index) - part.Start).Trim('\n')))
        .Where(part => part.Text.Length > 0)
        .GroupBy(part => part.Name)
        .ToDictionary(part => part.Key, part => string.Join('\n', part.Select(each => each.Text)), StringComparer.Ordinal);

    /// <summary>What follows is this part of a section: what templates call it.</summary>
    public void Part(string name)
    {
        if (keepsParts)
        {
            _parts.Add((name, _text.Length));
        }
    }

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

    private int EndOf(int part) => part + 1 < _parts.Count ? _parts[part + 1].Start : _text.Length;

    private ConfigLine Begin(string indent)
    {
        if (Lines++ > 0)
        {
            _text.Append('\n');
        }

        return new ConfigLine(_text.Append(indent));
    }
}
