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

    /// <summary>
    /// Since when, by the steady time, it is known to have the keys of its TLS tickets, which it makes when it starts; null before the
    /// first look.
    /// </summary>
    public TimeSpan? TicketKeysKnown { get; set; }

    /// <summary>What it takes at once, by listener, server and as a whole, as it was when it was first looked at.</summary>
    public Dictionary<string, string> Limits { get; } = [];
}
