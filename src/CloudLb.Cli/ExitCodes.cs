namespace CloudLb.Cli;

/// <summary>How the commands end, beside 0 for what was done.</summary>
public static class ExitCodes
{
    /// <summary>It could not be done; of <c>explain</c>: the instance takes no new requests.</summary>
    public const int Failed = 1;

    /// <summary>No such command, option or value.</summary>
    public const int WrongUse = 2;

    /// <summary>No load balancer or instance of the name.</summary>
    public const int NotFound = 3;

    /// <summary>No server answers.</summary>
    public const int NoServer = 4;

    /// <summary>Of <c>explain</c>: it could not be found out.</summary>
    public const int CannotTell = 5;
}
