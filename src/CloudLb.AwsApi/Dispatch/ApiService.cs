using System.Collections.Frozen;
using CloudLb.AwsApi.Requests;
using CloudLb.AwsApi.Shapes;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>A service that the endpoint answers for: its contract, and the classes behind it.</summary>
internal sealed class ApiService(
    ServiceContract contract, IEnumerable<BoundOperation> operations, Func<Exception, WireError?> toWireError, string? globalRegion,
    bool leavesToUpstream)
{
    private readonly FrozenDictionary<string, BoundOperation> _operations =
        operations.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    public ServiceContract Contract { get; } = contract;

    public string? GlobalRegion { get; } = globalRegion;

    /// <summary>Whether it speaks the Query protocol or EC2's.</summary>
    public bool IsAskedInForms { get; } = contract.Protocols.Contains(WireProtocol.Query) || contract.IsEc2;

    public BoundOperation? Find(string action) => _operations.GetValueOrDefault(action);

    /// <summary>Whether the action is answered here for a caller whose calls another endpoint would take.</summary>
    public bool Answers(string action, Func<WireValue> parameters, Caller caller) =>
        Find(action) is { } operation && (!leavesToUpstream || operation.Keeps(parameters, caller));

    /// <summary>Null for a fault of ours.</summary>
    public WireError? ToWireError(Exception exception) => exception is WireException wire ? wire.Error : toWireError(exception);
}
