namespace CloudLb.Core.Traffic.Planning;

/// <summary>A public key.</summary>
/// <param name="Id">By which a token names it; a key without one is for tokens that name none.</param>
/// <param name="Pem">SubjectPublicKeyInfo.</param>
public sealed record PlannedKey(string? Id, string Pem);
