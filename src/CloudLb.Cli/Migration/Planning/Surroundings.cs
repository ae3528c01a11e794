namespace CloudLb.Cli.Migration.Planning;

/// <summary>What load balancers refer to and bring not along.</summary>
internal sealed record Surroundings
{
    /// <summary>Those of whoever asks about nothing: each certificate, trust store, instance and VPC counts as there.</summary>
    public static Surroundings Unknown { get; } = new()
    {
        Certificate = arn => arn, TrustStore = arn => arn, IsInstance = _ => true, Vpc = id => id, ClientSecret = _ => null,
    };

    /// <summary>The ARN of that certificate here; null when there is none.</summary>
    public required Func<string, string?> Certificate { get; init; }

    /// <summary>The ARN of that trust store here, which may be another of its name; null when there is none.</summary>
    public required Func<string, string?> TrustStore { get; init; }

    /// <summary>Whether an instance id is known here.</summary>
    public required Func<string, bool> IsInstance { get; init; }

    /// <summary>That VPC, or the one that stands here for whatever is not known; null when there is none.</summary>
    public required Func<string, string?> Vpc { get; init; }

    /// <summary>The secret of the client of that id at its OpenID provider, which no API tells; null when it is not known.</summary>
    public required Func<string, string?> ClientSecret { get; init; }
}
