using System.Text.Json.Serialization;
using CloudLb.Core;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>The ports of instances that traffic and checks go to, each once.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> TargetPorts =>
        [.. Listeners.Select(listener => listener.InstancePort).Append(HealthCheck.Target.Port).Distinct()];

    /// <summary>
    /// Adds listeners. One that is there already with the same settings stays, its policies too; with others it is DuplicateListener. A
    /// secure one begins with the default negotiation policy.
    /// </summary>
    public LoadBalancer WithListeners(IEnumerable<Listener> added, Quotas quotas)
    {
        var byPort = new SortedDictionary<int, Listener>(Listeners.ToDictionary(listener => listener.LoadBalancerPort));
        foreach (var listener in added)
        {
            CheckAuthentication(listener);
            if (!byPort.TryAdd(listener.LoadBalancerPort, listener) && byPort[listener.LoadBalancerPort] != listener)
            {
                throw Errors.DuplicateListener.Because(
                    $"A listener already exists for {Key.Name} with LoadBalancerPort {listener.LoadBalancerPort}, " +
                    "but with a different InstancePort, Protocol, or SSLCertificateId");
            }
        }

        CheckInstancePorts(byPort.Values);
        return byPort.Count <= Math.Max(quotas.Listeners, Listeners.Count)
            ? (this with { Listeners = byPort.Values.ToEquatableArray() }).WithNegotiationPolicies()
            : throw Errors.InvalidConfigurationRequest.Because(
                "The maximum number of listeners per load balancer has been reached.");
    }

    /// <summary>Gives the secure listener of a port another certificate, for what connects from now on.</summary>
    public LoadBalancer WithCertificateOfListener(int loadBalancerPort, string certificateId)
    {
        var listener = Listeners.FirstOrDefault(candidate => candidate.LoadBalancerPort == loadBalancerPort)
            ?? throw Errors.ListenerNotFound.Because($"There is no listener with port {loadBalancerPort} for load balancer {Key.Name}");
        return listener.IsSecure
            ? this with
            {
                Listeners = Listeners
                    .Select(candidate => candidate == listener ? listener with { CertificateId = certificateId } : candidate)
                    .ToEquatableArray(),
            }
            : throw Errors.InvalidConfigurationRequest.Because(
                $"The listener with port {loadBalancerPort} is not HTTPS or SSL and takes no certificate");
    }

    /// <summary>
    /// Removes the listeners on these ports; a port without one is no error. Their policies stay on the load balancer, off.
    /// </summary>
    public LoadBalancer WithoutListeners(IReadOnlyCollection<int> ports) => this with
    {
        Listeners = Listeners.Where(listener => !ports.Contains(listener.LoadBalancerPort)).ToEquatableArray(),
        ListenerPolicies = ListenerPolicies.Where(listener => !ports.Contains(listener.LoadBalancerPort)).ToEquatableArray(),
    };

    /// <summary>An instance port speaks TLS or does not, for all its listeners alike (service model).</summary>
    private static void CheckInstancePorts(IEnumerable<Listener> listeners)
    {
        var mixed = listeners
            .GroupBy(listener => listener.InstancePort)
            .FirstOrDefault(port => port.DistinctBy(listener => listener.IsInstanceSecure).Count() > 1);
        if (mixed is not null)
        {
            throw Errors.InvalidConfigurationRequest.Because(
                $"The listeners with instance port {mixed.Key} must all have a secure InstanceProtocol (HTTPS or SSL) or all a plain one " +
                $"(HTTP or TCP)");
        }
    }
}
