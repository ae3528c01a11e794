using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>
/// Which load balancer of a cell is to be served at an endpoint. At a start that is asked of every listener there is, so that nobody looks
/// through all the others. Used under the gate.
/// </summary>
internal sealed class TakenEndpoints(CurrentState state)
{
    // Where two have been at once, as while one follows the other: there all of them are looked through.
    private readonly HashSet<IPEndPoint> _contested = [];
    private Dictionary<IPEndPoint, LoadBalancerId>? _owners;

    private Dictionary<IPEndPoint, LoadBalancerId> Owners => _owners ??= Read();

    /// <summary>The load balancer there, if it is another than this one.</summary>
    public LoadBalancerId? OtherAt(IPEndPoint endpoint, LoadBalancerId self)
    {
        if (!Owners.TryGetValue(endpoint, out var owner) && !_contested.Contains(endpoint))
        {
            return null;
        }

        return _contested.Contains(endpoint)
            ? state.Now.Targets.FirstOrDefault(target => target.Id != self && target.IsAt(endpoint))?.Id
            : owner == self ? null : owner;
    }

    /// <summary>A load balancer is to be served elsewhere than before.</summary>
    public void Change(PlannedLoadBalancer? before, PlannedLoadBalancer? after)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        foreach (var endpoint in before?.Endpoints() ?? [])
        {
            if (Owners.GetValueOrDefault(endpoint) == before!.Id)
            {
                Owners.Remove(endpoint);
            }
        }

        foreach (var endpoint in after?.Endpoints() ?? [])
        {
            Add(Owners, endpoint, after!.Id);
        }
    }

    private Dictionary<IPEndPoint, LoadBalancerId> Read()
    {
        var owners = new Dictionary<IPEndPoint, LoadBalancerId>();
        foreach (var target in state.Now.Targets)
        {
            foreach (var endpoint in target.Endpoints())
            {
                Add(owners, endpoint, target.Id);
            }
        }

        return owners;
    }

    private void Add(Dictionary<IPEndPoint, LoadBalancerId> owners, IPEndPoint endpoint, LoadBalancerId id)
    {
        if (!owners.TryAdd(endpoint, id) && owners[endpoint] != id)
        {
            _contested.Add(endpoint);
        }
    }
}
