namespace CloudLb.HAProxy.Configuration;

/// <summary>A map that HAProxy reads when it starts, by which rules are found.</summary>
/// <param name="Name">Its file, relative to the configuration's directory, named after its content: it never becomes another.</param>
/// <param name="Text">A key and its value on each line.</param>
internal sealed record RuleMap(string Name, string Text);
