namespace CloudLb.ElbV2.Domain;

/// <summary>Which target of a group it is.</summary>
/// <param name="Id">An instance's id, or an address.</param>
/// <param name="Port">Where it takes traffic.</param>
public readonly record struct TargetId(string Id, int Port);
