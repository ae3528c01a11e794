namespace CloudLb.Core.AccessLogs;

/// <summary>
/// Where the data plane keeps what it has logged until it is not needed any more. A reader that comes back with a position reads the same
/// entries from there again, which is what makes delivery exact over a crash.
/// </summary>
public interface IAccessLogSource
{
    /// <summary>All parts that there are, in no particular order.</summary>
    IReadOnlyList<AccessLogPart> Parts();

    /// <summary>Reads some entries.</summary>
    /// <param name="part">The part's name.</param>
    /// <param name="position">0, or what an earlier call returned.</param>
    /// <param name="entries">What was read is added here.</param>
    /// <returns>Where the next call goes on; <paramref name="position"/> when there is nothing whole to read.</returns>
    long Read(string part, long position, ICollection<AccessLogEntry> entries);

    /// <summary>What lies before the position is not needed any more. A part that is complete and read to its end goes.</summary>
    void Release(string part, long position);
}
