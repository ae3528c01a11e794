namespace CloudLb.Cli.Control;

/// <summary>A target group that a request can go to.</summary>
/// <param name="Name">The group's.</param>
/// <param name="Weight">Its weight among those of the same action.</param>
/// <param name="Targets">How many targets are registered.</param>
/// <param name="InService">How many of them take requests.</param>
public sealed record RequestShare(string Name, int Weight, int Targets, int InService);
