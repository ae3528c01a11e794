using System.ComponentModel.DataAnnotations;

namespace CloudLb.AwsApi.Audit;

/// <summary>Whether calls are written down, and how much of it is kept.</summary>
public sealed class AuditOptions
{
    public const string Section = "CloudLb:Audit";

    /// <summary>Whether a line is written for each call. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>MiB that a file may have before the next is begun: 1 to 10,240, default 64, which is some 60,000 calls.</summary>
    [Range(1, 10_240)]
    public int MaxFileSize { get; set; } = 64;

    /// <summary>Files that are kept, the one being written among them: 1 to 1000, default 5.</summary>
    [Range(1, 1000)]
    public int MaxFiles { get; set; } = 5;

    /// <summary>
    /// MiB that a file of refused calls may have: 1 to 10,240, default 16, which is some 35,000 different ones. As many are kept as of the
    /// others.
    /// </summary>
    [Range(1, 10_240)]
    public int MaxRefusedFileSize { get; set; } = 16;
}
