namespace CloudLb.Core.Traffic.Told;

/// <summary>What holds an instance that a member has registered.</summary>
/// <param name="Member">The member's name.</param>
/// <param name="Left">Until it is deregistered, unless the member registers again; below zero where the load balancer keeps it.</param>
public sealed record ToldLease(string Member, TimeSpan Left);
