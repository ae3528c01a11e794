using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.State;

/// <summary>Where a planned load balancer listens.</summary>
internal static class PlannedEndpoints
{
    /// <summary>Every listener at every address.</summary>
    public static IEnumerable<IPEndPoint> Endpoints(this PlannedLoadBalancer loadBalancer) =>
        loadBalancer.Listeners.SelectMany(listener => loadBalancer.Addresses.Select(address => new IPEndPoint(address, listener.Port)));
}
