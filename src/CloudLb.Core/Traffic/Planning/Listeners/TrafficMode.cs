namespace CloudLb.Core.Traffic.Planning;

/// <summary>What a listener and its pool understand of the bytes they carry.</summary>
public enum TrafficMode
{
    /// <summary>Requests, which are balanced one by one.</summary>
    Http,

    /// <summary>Connections, which are balanced as a whole.</summary>
    Tcp,

    /// <summary>Datagrams; those of one client and port belong together while they go on.</summary>
    Udp,
}
