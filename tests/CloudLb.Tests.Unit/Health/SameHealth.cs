using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.Unit.Health;

/// <summary>Says the same of every instance.</summary>
internal sealed class SameHealth(ObservedHealth? health) : IHealthSource
{
    public ObservedHealth? Find(LoadBalancerId loadBalancer, string instanceId) => health;
}
