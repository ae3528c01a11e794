namespace CloudLb.Cli.Migration.Planning;

/// <summary>What load balancers refer to and bring not along.</summary>
internal sealed record Surroundings
{
    /// <summary>Those of whoever asks about nothing: each certificate, instance and VPC counts as there.</summary>
    public static Surroundings Unknown { get; } = new() { Certificate = arn => arn, IsInstance = _ => true, Vpc = id => id };

    /// <summary>The ARN of that certificate here; null when there is none.</summary>
    public required Func<string, string?> Certificate { get; init; }

    /// <summary>Whether an instance id is known here.</summary>
    public required Func<string, bool> IsInstance { get; init; }

    /// <summary>That VPC, or the one that stands here for whatever is not known; null when there is none.</summary>
    public required Func<string, string?> Vpc { get; init; }
}
