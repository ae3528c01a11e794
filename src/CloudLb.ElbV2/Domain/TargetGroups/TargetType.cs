namespace CloudLb.ElbV2.Domain;

/// <summary>By what the targets of a group are named.</summary>
public enum TargetType
{
    /// <summary>Instances by their ids, which the inventory knows.</summary>
    Instance,

    /// <summary>IPv4 addresses.</summary>
    Ip,

    /// <summary>An application load balancer by its ARN.</summary>
    Alb,
}
