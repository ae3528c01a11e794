namespace CloudLb.Core.LoadBalancers;

public sealed partial record LoadBalancer
{
    /// <summary>
    /// Adds listeners. One that is there already with the same settings stays, its policies too; with others it is DuplicateListener. A secure one
    /// begins with the default negotiation policy.
    /// </summary>
    public LoadBalancer WithListeners(IEnumerable<Listener> added, Quotas quotas)
    {
        var byPort = new SortedDictionary<int, Listener>(Listeners.ToDictionary(listener => listener.LoadBalancerPort));
        foreach (var listener in added)
        {
            CheckAuthentication(listener);
            if (!byPort.TryAdd(listener.LoadBalancerPort, listener) && byPort[listener.LoadBalancerPort] != listener)
            {
                throw new ServiceException(
                    ErrorCode.DuplicateListener,
                    $"A listener already exists for {Key.Name} with LoadBalancerPort {listener.LoadBalancerPort}, " +
                    "but with a different InstancePort, Protocol, or SSLCertificateId");
            }
        }

        return byPort.Count <= Math.Max(quotas.Listeners, Listeners.Count)
            ? (this with { Listeners = byPort.Values.ToEquatableArray() }).WithNegotiationPolicies()
            : throw new ServiceException(
                ErrorCode.InvalidConfigurationRequest, "The maximum number of listeners per load balancer has been reached.");
    }

    /// <summary>Removes the listeners on these ports; a port without one is no error. Their policies stay on the load balancer, off.</summary>
    public LoadBalancer WithoutListeners(IReadOnlyCollection<int> ports) => this with
    {
        Listeners = Listeners.Where(listener => !ports.Contains(listener.LoadBalancerPort)).ToEquatableArray(),
        ListenerPolicies = ListenerPolicies.Where(listener => !ports.Contains(listener.LoadBalancerPort)).ToEquatableArray(),
    };
}
