using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Core.Traffic.Status;

/// <summary>A member of one pool of a load balancer.</summary>
/// <param name="Pool">The planned pool's name.</param>
/// <param name="Id">Which of its members.</param>
public readonly record struct PoolMember(string Pool, MemberId Id);
