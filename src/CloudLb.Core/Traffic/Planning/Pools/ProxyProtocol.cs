namespace CloudLb.Core.Traffic.Planning;

/// <summary>How connections to members begin.</summary>
public enum ProxyProtocol
{
    /// <summary>With what the client has sent.</summary>
    None,

    /// <summary>With a line of the PROXY protocol, version 1, that tells who the client is.</summary>
    Version1,

    /// <summary>With a header of its version 2.</summary>
    Version2,
}
