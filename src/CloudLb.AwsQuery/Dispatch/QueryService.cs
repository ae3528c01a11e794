using System.Collections.Frozen;

namespace CloudLb.AwsQuery.Dispatch;

/// <summary>A service that the endpoint answers for: its contract, and the classes behind it.</summary>
internal sealed class QueryService(
    ServiceContract contract, IEnumerable<BoundOperation> operations, Func<Exception, WireError?> toWireError, string? globalRegion)
{
    private readonly FrozenDictionary<string, BoundOperation> _operations = operations.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    public ServiceContract Contract { get; } = contract;

    public string? GlobalRegion { get; } = globalRegion;

    public BoundOperation? Find(string action) => _operations.GetValueOrDefault(action);

    /// <summary>Null for a fault of ours.</summary>
    public WireError? ToWireError(Exception exception) => exception is WireException wire ? wire.Error : toWireError(exception);
}
