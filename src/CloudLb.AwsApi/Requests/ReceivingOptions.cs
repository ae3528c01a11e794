using System.ComponentModel.DataAnnotations;

namespace CloudLb.AwsApi.Requests;

/// <summary>What callers may use before anybody knows who they are.</summary>
public sealed class ReceivingOptions
{
    public const string Section = "CloudLb:Requests";

    /// <summary>
    /// From the headers to the last byte of the body, waiting for room among it: 1 s to 10 min, default 20 s, in which a mebibyte comes at
    /// 52 KB a second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// MiB of bodies whose signature was not checked yet, over all connections: 8 to 4096, default 32, which is little beside the server's
    /// own 100.
    /// </summary>
    [Range(8, 4096)]
    public int MaxUnverifiedBodies { get; set; } = 32;
}
