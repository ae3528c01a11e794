namespace CloudLb.Operator.Monitoring;

/// <summary>Marks what came in at the address that monitoring has for itself; set by the listener on each connection.</summary>
public sealed class MonitoringConnection
{
    public static readonly MonitoringConnection Instance = new();
}
