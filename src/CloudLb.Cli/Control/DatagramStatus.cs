namespace CloudLb.Cli.Control;

/// <summary>What listeners of datagrams carry, as it was when their flows were counted last: every 5 seconds.</summary>
public sealed record DatagramStatus
{
    /// <summary>The nginx that carries them; null while none runs.</summary>
    public required int? ProcessId { get; init; }

    /// <summary>Flows that clients have begun.</summary>
    public required long Flows { get; init; }

    /// <summary>Those that have not ended.</summary>
    public required long ActiveFlows { get; init; }

    /// <summary>From clients and to them, of flows that have ended.</summary>
    public required long Bytes { get; init; }
}
