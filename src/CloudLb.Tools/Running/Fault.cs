namespace CloudLb.Tools.Running;

/// <summary>What kept a command from being carried out. The exit status follows from it, in each family its own.</summary>
internal enum Fault
{
    MalformedInput,
    MissingArgument,
    UnrecognizedOption,
    ConflictingOptions,
    BadCredentials,
    BadUrl,
    NotVerified,

    /// <summary>The service answered 400.</summary>
    Invalid,
    Throttled,

    /// <summary>401 and 403.</summary>
    Refused,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>409.</summary>
    Conflict,
    Redirected,

    /// <summary>5xx and whatever else was answered.</summary>
    Failed,
    TimedOut,
    Unreachable,

    /// <summary>The user answered no.</summary>
    Aborted,

    /// <summary>A fault of these commands themselves, or of the machine.</summary>
    Internal,
}
