namespace CloudLb.Elb.Domain;

/// <summary>What a listener or an instance speaks, spelled as on the wire.</summary>
public enum ListenerProtocol
{
    HTTP,
    HTTPS,
    TCP,
    SSL,
}
