namespace CloudLb.Ec2.Endpoint;

/// <summary>Which EC2 endpoint is asked, and as whom.</summary>
public sealed record Ec2EndpointOptions
{
    /// <summary>With the path that it answers at: Eucalyptus has <c>/services/compute</c>.</summary>
    public required Uri Url { get; init; }

    public required string Region { get; init; }

    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    /// <summary>Keeps the secret out of logs and messages.</summary>
    public override string ToString() => $"{Url} {Region}";
}
