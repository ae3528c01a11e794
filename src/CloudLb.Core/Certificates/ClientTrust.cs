namespace CloudLb.Core.Certificates;

/// <summary>Whose certificates are taken from clients. Nothing of it is a secret.</summary>
/// <param name="Authorities">The certificates of the authorities as one PEM text, made anew from what they mean; at least one.</param>
/// <param name="Revocations">
/// What they have revoked, as lists in one PEM text, one for each authority; null for nothing. They are ours and signed by nobody, so that
/// whoever reads them must take them at their word.
/// </param>
public sealed record ClientTrust(string Authorities, string? Revocations);
