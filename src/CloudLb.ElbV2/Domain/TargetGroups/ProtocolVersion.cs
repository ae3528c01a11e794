namespace CloudLb.ElbV2.Domain;

/// <summary>What targets of an application load balancer are spoken to in, spelled as on the wire.</summary>
public enum ProtocolVersion
{
    HTTP1,
    HTTP2,
    GRPC,
}
