namespace CloudLb.Core.Traffic.Status;

/// <summary>What goes through the listeners of one load balancer at one moment.</summary>
/// <param name="PerSecond">Requests in the last second; of TCP and SSL listeners, connections.</param>
/// <param name="Sessions">Connections that clients have open.</param>
public readonly record struct ListenerActivity(long PerSecond, long Sessions)
{
    public static ListenerActivity operator +(ListenerActivity first, ListenerActivity second) =>
        new(first.PerSecond + second.PerSecond, first.Sessions + second.Sessions);
}
