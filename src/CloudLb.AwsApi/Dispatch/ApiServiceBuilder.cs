using System.Reflection;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>Says which classes carry out a service's operations, and what its exceptions mean.</summary>
public sealed class ApiServiceBuilder
{
    private readonly ServiceContract _contract;

    internal ApiServiceBuilder(ServiceContract contract)
    {
        _contract = contract;
    }

    internal List<Type> Operations { get; } = [];

    internal string? GlobalRegion { get; private set; }

    internal bool IsLeftToUpstream { get; private set; }

    internal Func<Exception, WireError?> ToWireError { get; private set; } = static _ => null;

    /// <summary>
    /// Adds a class that implements <see cref="IOperation{TRequest,TResponse}"/> for an operation of the contract. It becomes a
    /// singleton.
    /// </summary>
    public ApiServiceBuilder Add<TOperation>()
        where TOperation : class
    {
        Operations.Add(typeof(TOperation));
        return this;
    }

    /// <summary>Adds every such class of the assembly; those of other services in the same assembly are passed over.</summary>
    public ApiServiceBuilder AddOperationsOf(Assembly assembly)
    {
        var ours = _contract.Operations.Select(operation => operation.OperationType).ToHashSet();
        Operations.AddRange(assembly.GetTypes().Where(type =>
            type is { IsClass: true, IsAbstract: false } && OperationInterfaceOf(type) is { } operation && ours.Contains(operation)));
        return this;
    }

    /// <summary>What the service's exceptions are on the wire; null for one that is our own fault.</summary>
    public ApiServiceBuilder MapExceptions(Func<Exception, WireError?> toWireError)
    {
        ToWireError = toWireError;
        return this;
    }

    /// <summary>
    /// Has another endpoint, where calls can be passed on, answer what this service is asked, but for what an <see
    /// cref="IKeepsCalls{TRequest}"/> keeps.
    /// </summary>
    public ApiServiceBuilder LeavesToUpstream()
    {
        IsLeftToUpstream = true;
        return this;
    }

    /// <summary>
    /// A region that clients sign for wherever they are, as they do for IAM: let through whatever regions the server has.
    /// </summary>
    public ApiServiceBuilder HasGlobalRegion(string region)
    {
        GlobalRegion = region;
        return this;
    }

    internal static Type? OperationInterfaceOf(Type type) =>
        type
            .GetInterfaces()
            .FirstOrDefault(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IOperation<,>));
}
