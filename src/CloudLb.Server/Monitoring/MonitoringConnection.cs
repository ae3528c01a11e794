namespace CloudLb.Server.Monitoring;

/// <summary>Marks what came in at the address that monitoring has for itself; set by the listener on each connection.</summary>
internal sealed class MonitoringConnection
{
    public static readonly MonitoringConnection Instance = new();
}
