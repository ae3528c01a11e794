namespace CloudLb.Core.LoadBalancers.Attributes;

/// <summary>Where the requests and connections of a load balancer are written down. Absent while that is off.</summary>
public sealed record AccessLog
{
    /// <summary>The bucket, as the caller named it.</summary>
    public required string Bucket { get; init; }

    /// <summary>What the objects' names begin with; empty for none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>How much time one object covers: 5 or 60 minutes.</summary>
    public required TimeSpan Interval { get; init; }
}
