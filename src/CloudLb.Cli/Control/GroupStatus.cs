namespace CloudLb.Cli.Control;

/// <summary>How many targets of a target group take traffic.</summary>
public sealed record GroupStatus(string Name, int InService, int Targets);
