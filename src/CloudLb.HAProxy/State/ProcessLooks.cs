namespace CloudLb.HAProxy.State;

/// <summary>
/// What looking through a process has shown, so that the next look finds what was changed since. Used under its cell's gate alone.
/// </summary>
internal sealed class ProcessLooks
{
    /// <summary>
    /// When, by the steady time, everything that could have been changed by hand was last looked at; null before the first time.
    /// </summary>
    public TimeSpan? LookedThrough { get; set; }

    /// <summary>When, by the steady time, the machine was last asked for the addresses; null before the first time.</summary>
    public TimeSpan? LookedForAddresses { get; set; }

    /// <summary>
    /// Since when, by the steady time, it is known to have the keys of its TLS tickets, which it makes when it starts; null before the
    /// first look.
    /// </summary>
    public TimeSpan? TicketKeysKnown { get; set; }

    // By hashes of the names: those of a full cell, 800, are 100 KB.
    private readonly Dictionary<ulong, string> _limits = [];

    /// <summary>
    /// Whether a listener, a server or the process as a whole takes another number at once than it did when it was first looked at. What
    /// is seen for the first time is as it should be.
    /// </summary>
    public bool IsAnotherLimit(string name, string limit)
    {
        // Both have a seed that nobody knows, so that no tenant can choose names that are taken for each other.
        var hash = ((ulong)(uint)name.GetHashCode() << 32) | (uint)name.GetHashCode(StringComparison.OrdinalIgnoreCase);
        return !_limits.TryAdd(hash, limit) && _limits[hash] != limit;
    }
}
