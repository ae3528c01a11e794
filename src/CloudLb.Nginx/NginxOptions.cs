using System.ComponentModel.DataAnnotations;

namespace CloudLb.Nginx;

/// <summary>How nginx is found and how much it carries.</summary>
public sealed class NginxOptions
{
    public const string Section = "CloudLb:Nginx";

    /// <summary>
    /// The executable: a file, or a name that is looked for in PATH, /usr/sbin and /usr/local/sbin. Default <c>nginx</c>; 1.20 or newer,
    /// with its stream module.
    /// </summary>
    [Required]
    public string Path { get; set; } = "nginx";

    /// <summary>
    /// Flows of datagrams that each load balancer has at once: 16 to 1,000,000, default 10,000. One ends after 120 seconds of silence. Each
    /// takes a file descriptor, and 0.9 KB whether there is one or not; fewer where the open-files limit does not allow as many.
    /// </summary>
    [Range(16, 1_000_000)]
    public int MaxFlowsPerLoadBalancer { get; set; } = 10_000;

    /// <summary>How long a process may take to start or to take up a change: 1 second to 5 minutes, default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
