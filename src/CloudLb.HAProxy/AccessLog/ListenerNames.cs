using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>The listeners that lines name; each name is read but once. Used by one thread at a time.</summary>
internal sealed class ListenerNames
{
    private readonly Dictionary<string, (LoadBalancerId LoadBalancer, int Port)> _listeners = [];

    public (LoadBalancerId LoadBalancer, int Port) Read(string name)
    {
        if (!_listeners.TryGetValue(name, out var listener))
        {
            listener = ProxyName.TryParse(name, out var loadBalancer, out var port)
                ? (loadBalancer, LogFields.Int(port))
                : throw new FormatException("It names no listener.");
            _listeners[name] = listener;
        }

        return listener;
    }
}
