namespace CloudLb.Elb.Health;

/// <summary>Whether an instance takes traffic, spelled as on the wire.</summary>
public enum InstanceState
{
    InService,
    OutOfService,
    Unknown,
}
