namespace CloudLb.ElbV2.Domain;

/// <summary>What listeners, target groups and health checks speak, spelled as on the wire; those of AWS's that are carried.</summary>
public enum Protocol
{
    HTTP,
    HTTPS,
    TCP,
    TLS,
    UDP,
    TCP_UDP,
}
