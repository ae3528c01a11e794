namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>A connection of a load balancer to an instance.</summary>
internal sealed class RecordedConnection
{
    private volatile bool _isClosed;

    /// <summary>Whether the load balancer has ended it.</summary>
    public bool IsClosed
    {
        get => _isClosed;
        set => _isClosed = value;
    }
}
