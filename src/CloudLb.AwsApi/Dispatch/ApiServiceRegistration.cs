using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.AwsApi.Dispatch;

/// <summary>A service as it was registered, before its operations are made.</summary>
internal sealed record ApiServiceRegistration(ServiceContract Contract, ApiServiceBuilder Builder)
{
    /// <summary>The same service as callers of an earlier version have it.</summary>
    public ApiServiceRegistration In(string version) => this with { Contract = Contract.In(version) };

    public ApiService Build(IServiceProvider provider) =>
        new(
            Contract, Builder.Operations.Select(type => Bind(type, provider)), Builder.ToWireError, Builder.GlobalRegion,
            Builder.IsLeftToUpstream);

    private BoundOperation Bind(Type type, IServiceProvider provider)
    {
        var implemented = ApiServiceBuilder.OperationInterfaceOf(type);
        var contract = Contract.Operations.FirstOrDefault(operation => operation.OperationType == implemented)
            ?? throw new InvalidOperationException($"{type.Name} carries out no operation of the API version {Contract.Version}.");
        return contract.Bind(Contract, provider.GetRequiredService(type));
    }
}
