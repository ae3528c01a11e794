namespace CloudLb.Cli;

/// <summary>A command cannot do what it was asked; the message says why and what to do.</summary>
public sealed class CommandException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    /// <summary>What the command ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
