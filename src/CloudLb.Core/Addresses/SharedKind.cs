namespace CloudLb.Core.Addresses;

/// <summary>What a port of a shared address is for: all of its listeners are of one kind.</summary>
public enum SharedKind
{
    /// <summary>Requests by Host.</summary>
    Http,

    /// <summary>Connections by the host of the TLS handshake (SNI).</summary>
    Https,

    /// <summary>Connections of one listener, which has the port to itself.</summary>
    Alone,
}
