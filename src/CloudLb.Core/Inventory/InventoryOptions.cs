using System.ComponentModel.DataAnnotations;

namespace CloudLb.Core.Inventory;

/// <summary>Where instance ids are looked up.</summary>
public sealed class InventoryOptions
{
    public const string Section = "CloudLb:Inventory";

    /// <summary>The file that says where <c>i-…</c> ids are; absent: <c>inventory.json</c> in the data directory. It need not exist.</summary>
    public string? File { get; set; }

    /// <summary>How often the file's time and size are looked at. A look is one system call.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often registered host names are resolved again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ResolveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An EC2 endpoint that knows what the file does not: EC2's own, Eucalyptus's, an emulator's. Absent: none is asked.</summary>
    public string? Ec2Endpoint { get; set; }

    /// <summary>The region that the endpoint speaks for and that requests to it are signed for. Absent: the first of CloudLb's regions.</summary>
    public string? Ec2Region { get; set; }

    /// <summary>With <see cref="Ec2SecretAccessKey"/>, what requests to the endpoint are signed with.</summary>
    public string? Ec2AccessKeyId { get; set; }

    public string? Ec2SecretAccessKey { get; set; }

    /// <summary>How often the endpoint is asked again for the instances in use and for all networks. EC2 allows some calls a second.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Ec2RefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a question to the endpoint may take; callers wait for it. Far less than the minute that AWS's clients wait for an answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Ec2Timeout { get; set; } = TimeSpan.FromSeconds(3);
}
