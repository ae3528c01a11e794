using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Configuration;

/// <summary>Where a planned load balancer listens.</summary>
internal static class PlannedEndpoints
{
    /// <summary>Every listener at every address.</summary>
    public static IEnumerable<IPEndPoint> Endpoints(this PlannedLoadBalancer loadBalancer) =>
        loadBalancer.Listeners.SelectMany(loadBalancer.EndpointsOf);

    /// <summary>Those of one listener. What is told apart by host names is the front's.</summary>
    public static IEnumerable<IPEndPoint> EndpointsOf(this PlannedLoadBalancer loadBalancer, PlannedListener listener)
    {
        var endpoints = loadBalancer.Addresses.Where(address => !IsOneOf(listener.NotAt.AsSpan(), address))
            .Select(address => new IPEndPoint(address, listener.Port));
        return listener is { SharedAt: { } shared, Mode: not TrafficMode.Http } && !loadBalancer.Addresses.Contains(shared)
            ? endpoints.Append(new(shared, listener.Port))
            : endpoints;
    }

    /// <summary>
    /// Whether one of its listeners is there. Asked of every other load balancer of a cell for each listener, so that nothing is made on
    /// the way.
    /// </summary>
    public static bool IsAt(this PlannedLoadBalancer loadBalancer, IPEndPoint endpoint)
    {
        foreach (var listener in loadBalancer.Listeners.AsSpan())
        {
            if (listener.Port == endpoint.Port
                && ((IsOneOf(loadBalancer.Addresses.AsSpan(), endpoint.Address)
                        && !IsOneOf(listener.NotAt.AsSpan(), endpoint.Address))
                    || (listener is { SharedAt: { } shared, Mode: not TrafficMode.Http } && shared.Equals(endpoint.Address))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOneOf(ReadOnlySpan<IPAddress> addresses, IPAddress address)
    {
        foreach (var each in addresses)
        {
            if (each.Equals(address))
            {
                return true;
            }
        }

        return false;
    }
}
