namespace CloudLb.Core.Traffic.Planning;

/// <summary>What a listener and its pool understand of the bytes they carry.</summary>
public enum TrafficMode
{
    /// <summary>Requests are balanced one by one, to the member with the fewest outstanding.</summary>
    Http,

    /// <summary>Connections are balanced, in turn.</summary>
    Tcp,
}
