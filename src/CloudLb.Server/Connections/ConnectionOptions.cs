using System.ComponentModel.DataAnnotations;

namespace CloudLb.Server.Connections;

/// <summary>
/// How many connections callers may hold whom nobody knows yet. A connection counts as known once the signature of one call on it held.
/// </summary>
public sealed class ConnectionOptions
{
    public const string Section = "CloudLb:Connections";

    /// <summary>
    /// Of unknown callers together: 50 to 1,000,000, default 2000, which is some 40 MB. At most half of what the limit of open files
    /// allows.
    /// </summary>
    [Range(50, 1_000_000)]
    public int MaxUnverified { get; set; } = 2000;

    /// <summary>
    /// Of those from one address, or from one /64 of IPv6: 10 to 1,000,000, default 1000. Callers who share an address count only until
    /// their first signature held, which takes milliseconds.
    /// </summary>
    [Range(10, 1_000_000)]
    public int MaxUnverifiedPerSource { get; set; } = 1000;

    /// <summary>
    /// Until the headers of an unknown caller's next request are there, the TLS handshake among it: 1 s to 5 min, default 10 s, which no
    /// client on a bad line needs. For one that is known it is the time from a request's first byte to the end of its headers.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
