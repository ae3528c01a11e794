namespace CloudLb.Core.Traffic.Planning;

/// <summary>A pool and its share of what an action forwards.</summary>
/// <param name="Pool">The <see cref="PlannedPool.Name"/> of a pool of the same load balancer.</param>
/// <param name="Weight">Against the action's other pools: 0 to 999. A pool of weight 0 is given nothing new.</param>
public sealed record WeightedPool(string Pool, int Weight);
