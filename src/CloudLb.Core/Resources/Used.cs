namespace CloudLb.Core.Resources;

/// <summary>What a resource may use that another may have to know of.</summary>
public enum Used
{
    /// <summary>An address that it listens on, which nobody else may have.</summary>
    Address,

    /// <summary>A server certificate, by its id.</summary>
    Certificate,

    /// <summary>A target group, by its ARN.</summary>
    TargetGroup,

    /// <summary>A load balancer that it sends to, by its key.</summary>
    LoadBalancer,

    /// <summary>A host name by which clients find it, in lower case, which nobody else may have.</summary>
    HostName,

    /// <summary>A port, and what it is for, where several share an address.</summary>
    Port,

    /// <summary>A trust store, by its ARN.</summary>
    TrustStore,
}
