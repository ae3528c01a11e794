namespace CloudLb.HAProxy.Machine;

/// <summary>
/// How many open files a process may have. HAProxy starts by asking for all that it could need and ends when it may not have them.
/// </summary>
internal static class DescriptorLimit
{
    // Pipes, pollers, sockets for commands and logs, and room for members that join at run time.
    private const int Reserve = 600;
    private const int FewestConnections = 100;

    /// <summary>What is left beside so many connections.</summary>
    public static long Free(long limit, int connections, int listeners, int members) =>
        Math.Max(0, limit - listeners - members - Reserve - (2L * connections));

    /// <summary>The connections that fit: two descriptors each, one for each listener and each checked member (2.6).</summary>
    public static int Connections(long limit, int wanted, int listeners, int members)
    {
        var rest = limit - listeners - members - Reserve;
        return rest / 2 >= FewestConnections
            ? (int)Math.Min(wanted, rest / 2)
            : throw new HAProxyException(
                $"HAProxy needs {listeners + members + Reserve + (2 * FewestConnections)} open files for {listeners} listeners and " +
                $"{members} instances, and the limit is {limit}; raise it (ulimit -n, or LimitNOFILE= of the service).");
    }
}
