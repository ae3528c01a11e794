namespace CloudLb.Core.AccessLogs;

/// <summary>The logs that a load balancer can have. Their numbers stand in files of the spool.</summary>
public enum LogKind
{
    /// <summary>Of requests, or of connections where there are none.</summary>
    Access = 0,

    /// <summary>Of the connections by which requests come.</summary>
    Connections = 1,

    /// <summary>Of the checks of targets.</summary>
    HealthChecks = 2,
}
