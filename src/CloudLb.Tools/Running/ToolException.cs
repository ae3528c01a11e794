namespace CloudLb.Tools.Running;

/// <summary>Ends a command; what is printed and the exit status follow from the fault and the family.</summary>
internal sealed class ToolException(Fault fault, string message, Exception? cause = null) : Exception(message, cause)
{
    public Fault Fault { get; } = fault;

    /// <summary>The service's code, or the HTTP status where it sent none.</summary>
    public string? Code { get; init; }

    public string? RequestId { get; init; }
}
