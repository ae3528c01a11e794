using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Front;

/// <summary>What shared addresses are to lead to.</summary>
/// <param name="Ports">In the order of their numbers.</param>
/// <param name="Hosts">By port: the host names, in lower case, and where they lead to.</param>
internal sealed record FrontPlan(
    IReadOnlyList<FrontPort> Ports, IReadOnlyDictionary<int, IReadOnlyDictionary<string, FrontRoute>> Hosts)
{
    public static readonly FrontPlan Empty = new([], new Dictionary<int, IReadOnlyDictionary<string, FrontRoute>>());

    /// <summary>Every listener that a host name leads to, once.</summary>
    public IEnumerable<FrontRoute> Routes => Hosts.Values.SelectMany(hosts => hosts.Values).Distinct();

    /// <summary>The names of their servers.</summary>
    public HashSet<string> Servers => [.. Routes.Select(FrontSections.NameOf)];

    /// <param name="served">The load balancers that are served.</param>
    public static FrontPlan Of(IEnumerable<PlannedLoadBalancer> served)
    {
        var ports = new SortedDictionary<int, FrontPort>();
        var hosts = new Dictionary<int, Dictionary<string, FrontRoute>>();
        foreach (var loadBalancer in served)
        {
            foreach (var listener in loadBalancer.Listeners.Where(SharedLines.IsReachedByName))
            {
                var isSecure = listener.Tls is not null;
                var port = ports.GetValueOrDefault(listener.Port);
                if (port is null)
                {
                    ports.Add(listener.Port, new(listener.Port, isSecure, AddressesOf(listener.SharedAt!)));
                    hosts.Add(listener.Port, []);
                }
                else if (port.IsSecure != isSecure)
                {
                    // Refused where it is made; what was made before is reached at its own address alone.
                    continue;
                }

                var route = new FrontRoute(ProxyName.OfListener(loadBalancer.Id, listener.Port), loadBalancer.Addresses[0], isSecure);
                foreach (var name in loadBalancer.HostNames)
                {
                    // A name is one load balancer's; were it another's too, the first one keeps it.
                    hosts[listener.Port].TryAdd(Name.Checked(name), route);
                }
            }
        }

        return new(
            [.. ports.Values], hosts.ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, FrontRoute>)pair.Value));
    }

    /// <summary>Without the ports that are not among these.</summary>
    public FrontPlan With(IReadOnlyList<FrontPort> ports)
    {
        var numbers = ports.Select(port => port.Number).ToHashSet();
        return new(ports, Hosts.Where(pair => numbers.Contains(pair.Key)).ToDictionary());
    }

    /// <summary>A resolver that knows <c>localhost</c> by itself answers both addresses, and clients try IPv6 first.</summary>
    private static EquatableArray<IPAddress> AddressesOf(IPAddress address) =>
        address.Equals(IPAddress.Loopback) ? [address, IPAddress.IPv6Loopback] : [address];
}
