namespace CloudLb.AwsApi;

/// <summary>What the service's model says of the whole API.</summary>
public sealed record ServiceContract
{
    /// <summary>The API version, by which one endpoint tells its services apart.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// Versions of before, whose callers are answered as those of <see cref="Version"/> are, but in the namespace of theirs.
    /// </summary>
    public IReadOnlyList<string> EarlierVersions { get; init; } = [];

    public required string XmlNamespace { get; init; }

    /// <summary>The service in the credential scope.</summary>
    public required string SigningName { get; init; }

    /// <summary>Those that its clients may use.</summary>
    public IReadOnlyList<WireProtocol> Protocols { get; init; } = [WireProtocol.Query];

    /// <summary>
    /// What JSON's targets and CBOR's paths call the service: <c>GraniteServiceVersion20100801</c>. Null of one that speaks neither.
    /// </summary>
    public string? TargetPrefix { get; init; }

    /// <summary>
    /// Whether errors in JSON and CBOR also tell the code that they have in the Query protocol, for clients that knew that first.
    /// </summary>
    public bool IsQueryCompatible { get; init; }

    /// <summary>Every error of the model.</summary>
    public IReadOnlyList<ErrorContract> Errors { get; init; } = [];

    internal bool IsEc2 => Protocols.Contains(WireProtocol.Ec2);

    /// <summary>In the model's order.</summary>
    public required IReadOnlyList<OperationContract> Operations { get; init; }

    /// <summary>The modelled error of that code.</summary>
    internal ErrorContract? FindError(string code) => Errors.FirstOrDefault(error => error.Code == code);

    /// <summary>The same API in one of <see cref="EarlierVersions"/>.</summary>
    internal ServiceContract In(string version) =>
        this with { Version = version, XmlNamespace = XmlNamespace.Replace(Version, version, StringComparison.Ordinal) };

    internal bool HasErrorShape(string shape) => Errors.Any(error => error.Shape == shape);
}
