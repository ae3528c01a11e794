namespace CloudLb.Core.Traffic.Counters;

/// <summary>
/// What is counted of a load balancer as a whole, where no instance and so no zone can be named. Each only grows. Kept in files by
/// position: append only.
/// </summary>
public enum LoadBalancerCounter
{
    /// <summary>Bytes received from clients and sent to them.</summary>
    ProcessedBytes,

    /// <summary>Connections that clients have made.</summary>
    NewConnections,

    /// <summary>Answers 4xx that no instance gave.</summary>
    Own4xx,

    /// <summary>Answers 5xx that no instance gave.</summary>
    Own5xx,

    /// <summary>Requests that could not be read as HTTP, or that a desync rule refused.</summary>
    NonCompliantRequests,

    /// <summary>Requests and connections that were refused as the surge queue was full.</summary>
    Spillover,
}
