namespace CloudLb.ElbV2.Planning;

/// <summary>A trust store, as a plan speaks of it.</summary>
/// <param name="Id">What stands for its content.</param>
/// <param name="HasRevocations">Whether it has any revocation.</param>
internal sealed record PlannedTrust(string Id, bool HasRevocations);
