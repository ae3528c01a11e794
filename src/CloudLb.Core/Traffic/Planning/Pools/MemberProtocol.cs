namespace CloudLb.Core.Traffic.Planning;

/// <summary>What members are spoken to in, and clients must speak for it.</summary>
public enum MemberProtocol
{
    /// <summary>HTTP/1.1, whatever the client speaks; or no HTTP.</summary>
    Http1,

    /// <summary>HTTP/2; a client of anything else is refused with status 464.</summary>
    Http2,

    /// <summary>gRPC: HTTP/2 with requests of the method POST alone, others are refused in the same way.</summary>
    Grpc,
}
