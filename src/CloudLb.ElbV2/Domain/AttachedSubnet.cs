namespace CloudLb.ElbV2.Domain;

/// <summary>A subnet that a load balancer is in, and the zone that this enables.</summary>
public sealed record AttachedSubnet(string SubnetId, string AvailabilityZone);
