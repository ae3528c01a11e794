namespace CloudLb.Cli.Control;

/// <summary>A template.</summary>
/// <param name="Name">The folder's name, or one in parentheses for what is not chosen by name.</param>
/// <param name="Files">Its files, below the directory.</param>
/// <param name="Accounts">Who may use it.</param>
/// <param name="LoadBalancers">How many ask for it.</param>
/// <param name="IsInForce">Whether what is served is written by these files.</param>
/// <param name="Fault">Why the files cannot be in force; null when they can.</param>
public sealed record TemplateStatus(
    string Name, IReadOnlyList<string> Files, IReadOnlyList<string> Accounts, int LoadBalancers, bool IsInForce, string? Fault);
