namespace CloudLb.Core.Traffic.Told;

/// <summary>A listener as its API tells of it.</summary>
/// <param name="Protocol">The API's word.</param>
/// <param name="LoadBalancerPort">Where clients connect.</param>
/// <param name="InstanceProtocol">The API's word.</param>
/// <param name="InstancePort">Where instances are connected to.</param>
public sealed record ToldListener(string Protocol, int LoadBalancerPort, string InstanceProtocol, int InstancePort)
{
    /// <summary>What it sends to, by its own action and its rules; null where that is all instances of the load balancer.</summary>
    public IReadOnlyList<ToldPool>? Pools { get; init; }
}
