namespace CloudLb.Core.Traffic.Counters;

/// <summary>What is counted of a load balancer's instances in one zone. Each only grows. Kept in files by position: append only.</summary>
public enum ZoneCounter
{
    /// <summary>HTTP: requests that reached an instance; TCP: connections made to one.</summary>
    Requests,

    Answers2xx,

    Answers3xx,

    Answers4xx,

    Answers5xx,

    /// <summary>Milliseconds: HTTP: until the instance's answer began; TCP: until it was connected.</summary>
    LatencyMilliseconds,

    /// <summary>How many requests or connections stand in <see cref="LatencyMilliseconds"/>.</summary>
    LatencyCount,

    /// <summary>Attempts to connect to an instance that failed, tries again and checks among them.</summary>
    ConnectionErrors,
}
