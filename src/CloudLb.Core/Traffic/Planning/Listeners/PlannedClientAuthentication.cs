namespace CloudLb.Core.Traffic.Planning;

/// <summary>What is asked of the certificates that clients show.</summary>
/// <param name="TrustStoreId">
/// The authorities that are trusted, by an id that stands for their content, revocations included (letters and digits); null when whatever
/// is shown is passed on unlooked at.
/// </param>
/// <param name="IgnoresExpiry">Whether one that is out of date is taken.</param>
/// <param name="NamesAuthorities">Whether clients are told which authorities are trusted.</param>
/// <param name="HasRevocations">Whether the authorities have revoked anything.</param>
public sealed record PlannedClientAuthentication(
    string? TrustStoreId, bool IgnoresExpiry, bool NamesAuthorities, bool HasRevocations = false);
