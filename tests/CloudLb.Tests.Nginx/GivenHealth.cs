using System.Collections.Concurrent;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.Nginx;

/// <summary>What somebody else's checks say: every target passes until it is told otherwise.</summary>
internal sealed class GivenHealth : IHealthSource
{
    private readonly ConcurrentDictionary<string, ObservedHealth?> _told = [];

    public ObservedHealth? this[string target]
    {
        set => _told[target] = value;
    }

    public ObservedHealth? Find(LoadBalancerId loadBalancer, string instanceId) =>
        _told.TryGetValue(instanceId, out var told) ? told : ObservedHealth.Passing;

    public Func<MemberId, ObservedHealth?> FinderOf(LoadBalancerId loadBalancer, string pool) =>
        member => Find(loadBalancer, member.Target);
}
