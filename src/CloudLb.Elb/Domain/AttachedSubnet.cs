namespace CloudLb.Elb.Domain;

/// <summary>A subnet of a load balancer, and the Availability Zone it was in when it was attached.</summary>
public sealed record AttachedSubnet(string SubnetId, string AvailabilityZone);
