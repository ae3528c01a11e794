namespace CloudLb.Operator;

/// <summary>What the operator's answers need to know of the server.</summary>
public sealed class OperatorOptions
{
    /// <summary>Where a client on this machine reaches the API, for the commands in advice. Asked whenever it is told.</summary>
    public required Func<string> Endpoint { get; init; }
}
