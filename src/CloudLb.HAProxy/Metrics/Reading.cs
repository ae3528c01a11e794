using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Metrics;

/// <summary>What one line of a process's statistics said when it was last read.</summary>
internal sealed class Reading(LoadBalancerId? loadBalancer, string zone)
{
    /// <summary>Null when the line is none of ours.</summary>
    public LoadBalancerId? LoadBalancer { get; } = loadBalancer;

    /// <summary>Of a server: where its instance was when it was first seen.</summary>
    public string Zone { get; } = zone;

    /// <summary>
    /// In an order of the line's kind. A frontend: bytes, connections, 4xx, 5xx, errors, denials. A pool: denials. A server: requests or
    /// sessions, failures, 2xx to 5xx, failed checks, missing answers.
    /// </summary>
    public long[] Values { get; set; } = new long[ValueCount];

    /// <summary>Of a server: failures that are yet to be taken off the sessions, 0 or less.</summary>
    public long Owed { get; set; }

    /// <summary>Of a frontend: its connections.</summary>
    public long Connections { get; set; }

    /// <summary>Counts the readings; a line that is not in the latest is gone.</summary>
    public long SeenIn { get; set; }

    public const int ValueCount = 8;

    /// <summary>Takes the next value of a counter. One that is lower than before has begun anew.</summary>
    /// <returns>What has been added since.</returns>
    public long Take(int index, long value)
    {
        var before = Values[index];
        Values[index] = value;
        return value >= before ? value - before : value;
    }
}
