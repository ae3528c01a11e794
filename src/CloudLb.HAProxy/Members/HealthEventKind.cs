namespace CloudLb.HAProxy.Members;

/// <summary>What a process tells about a server of its own accord.</summary>
internal enum HealthEventKind
{
    /// <summary>One check passed.</summary>
    Passed,

    /// <summary>One check failed.</summary>
    Failed,

    /// <summary>The server takes traffic again.</summary>
    Up,

    /// <summary>The server takes no more traffic.</summary>
    Down,
}
