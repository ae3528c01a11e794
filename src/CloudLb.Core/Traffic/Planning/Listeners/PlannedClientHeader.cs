namespace CloudLb.Core.Traffic.Planning;

/// <summary>A header by which members are told of the certificate that a client has shown; absent where it has shown none.</summary>
/// <param name="Name">Letters, digits, hyphens and underscores.</param>
/// <param name="Part">What it says.</param>
public sealed record PlannedClientHeader(string Name, ClientCertificatePart Part);
