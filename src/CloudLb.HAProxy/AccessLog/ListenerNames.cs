using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>The listeners and sections that lines name. Used by one thread at a time.</summary>
internal sealed class ListenerNames
{
    private readonly KnownNames<(LoadBalancerId LoadBalancer, int Port)> _listeners = new(ListenerOf);
    private readonly KnownNames<RequestSection> _sections = new(RequestSection.Of);

    public (LoadBalancerId LoadBalancer, int Port) Read(ReadOnlySpan<char> name) => _listeners.Read(name);

    public RequestSection ReadSection(ReadOnlySpan<char> name) => _sections.Read(name);

    private static (LoadBalancerId LoadBalancer, int Port) ListenerOf(string name) =>
        ProxyName.TryParse(name, out var loadBalancer, out var port)
            ? (loadBalancer, LogFields.Int(port))
            : throw new FormatException("It names no listener.");
}
