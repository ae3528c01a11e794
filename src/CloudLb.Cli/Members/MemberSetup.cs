namespace CloudLb.Cli.Members;

/// <summary>
/// All that a member machine is told; checked when it is made, since each value ends in a file that a shell or systemd reads.
/// </summary>
internal sealed record MemberSetup
{
    public required Uri Endpoint { get; init; }

    public required string Region { get; init; }

    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    public required string Instance { get; init; }

    public required IReadOnlyList<string> LoadBalancers { get; init; }

    /// <summary>ARNs; names before the server has said whose they are.</summary>
    public required IReadOnlyList<string> TargetGroups { get; init; }

    /// <summary>PEM; null for the machine's own authorities.</summary>
    public required string? Certificates { get; init; }

    /// <summary>How often it registers again; null: as the script has it.</summary>
    public required int? RenewSeconds { get; init; }

    /// <summary>How long it waits for what was begun, when it goes.</summary>
    public required int DrainSeconds { get; init; }

    /// <summary>It registers once somebody listens there.</summary>
    public required int? WaitPort { get; init; }

    /// <summary>It registers once this succeeds; one line.</summary>
    public required string? WaitCommand { get; init; }

    /// <summary>systemd's units that serve: it starts after them and goes before them.</summary>
    public required IReadOnlyList<string> Services { get; init; }
}
