namespace CloudLb.AccessLogs.Spooling;

/// <summary>Lines of one load balancer and interval that wait for their delivery.</summary>
internal sealed class SpoolFile(string path, SpoolHeader header, long headerLength)
{
    public string Path { get; } = path;

    public SpoolHeader Header { get; } = header;

    /// <summary>Bytes before the first line.</summary>
    public long HeaderLength { get; } = headerLength;

    /// <summary>Bytes that count, the header's included: what lies behind is not there.</summary>
    public long Length { get; set; } = headerLength;

    /// <summary>Nothing is added any more.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether all of it is on the disk.</summary>
    public bool IsSynced { get; set; }

    /// <summary>Set by whoever delivers it, who deletes it as well.</summary>
    public volatile bool IsGone;
}
