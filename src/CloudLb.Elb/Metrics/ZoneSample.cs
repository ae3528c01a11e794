namespace CloudLb.Elb.Metrics;

/// <summary>The figures of one load balancer's instances in one zone.</summary>
/// <param name="Name">Empty for instances of no known zone.</param>
/// <param name="Tags">Account, region and name of the load balancer, and the zone.</param>
/// <param name="Healthy">Registered instances that are in service.</param>
/// <param name="Unhealthy">Registered instances that are not.</param>
internal sealed record ZoneSample(string Name, KeyValuePair<string, object?>[] Tags, int Healthy, int Unhealthy);
