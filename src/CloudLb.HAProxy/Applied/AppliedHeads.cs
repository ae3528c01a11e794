namespace CloudLb.HAProxy.Applied;

/// <summary>What a listener does to the heads of requests and answers.</summary>
internal sealed record AppliedHeads
{
    /// <summary>By its name in the plan; null for what is usual.</summary>
    public string? ForwardedFor { get; init; }

    public bool TellsClientPort { get; init; }

    public bool DropsInvalidHeaders { get; init; }

    public bool AdjustsHost { get; init; }

    public TimeSpan? ClientKeepAlive { get; init; }

    /// <summary>Names and values in turns; null for none.</summary>
    public string[]? ResponseHeaders { get; init; }

    public bool HidesServer { get; init; }

    /// <summary>Names and parts in turns; null for none.</summary>
    public string[]? ClientHeaders { get; init; }

    /// <summary>Null for none.</summary>
    public string[]? ForgeableHeaders { get; init; }

    public bool IsHttp2 { get; init; }

    /// <summary>What is told, by its name in the plan, and the header, in turns; null for nothing.</summary>
    public string[]? ClientFacts { get; init; }
}
