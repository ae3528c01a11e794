using System.Globalization;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Running;

namespace CloudLb.Tools.Parsing;

/// <summary>What stood on the command line, checked against the command's definition.</summary>
internal sealed record Arguments
{
    public required ToolCommand Command { get; init; }

    public required Family Family { get; init; }

    public required IReadOnlyList<string> Positionals { get; init; }

    /// <summary>By the option's name; a flag has one empty value.</summary>
    public required IReadOnlyDictionary<string, List<string>> Options { get; init; }

    /// <summary>The first positional.</summary>
    public string LoadBalancer => Positionals[0];

    public bool Has(string option) => Options.ContainsKey(option);

    /// <summary>Null when absent.</summary>
    public string? Find(string option) => Options.TryGetValue(option, out var values) ? values[^1] : null;

    /// <summary>Of an option that the parser has seen to.</summary>
    public string Value(string option) => Options[option][^1];

    /// <summary>Every occurrence.</summary>
    public IReadOnlyList<string> All(string option) => Options.TryGetValue(option, out var values) ? values : [];

    /// <summary>The comma-separated values; blanks around them do not count.</summary>
    public IReadOnlyList<string> List(string option) => FindList(option) ?? [];

    /// <summary>Null when absent.</summary>
    public IReadOnlyList<string>? FindList(string option) =>
        Find(option)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public int Number(string option) => ParseNumber(option, Value(option));

    public IReadOnlyList<int> Numbers(string option) => [.. List(option).Select(value => ParseNumber(option, value))];

    private static int ParseNumber(string option, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ToolException(Fault.MalformedInput, $"--{option}: '{value}' is not a number");
}
