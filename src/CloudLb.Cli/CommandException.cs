namespace CloudLb.Cli;

/// <summary>A command cannot do what it was asked; the message says why and what to do.</summary>
public sealed class CommandException(string message) : Exception(message);
