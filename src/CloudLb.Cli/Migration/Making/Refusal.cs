namespace CloudLb.Cli.Migration.Making;

/// <summary>A step that a server would not take.</summary>
/// <param name="Text">That of the step.</param>
/// <param name="Reason">AWS's code and message.</param>
internal sealed record Refusal(string Text, string Reason);
