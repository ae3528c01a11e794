namespace CloudLb.Core.Resources;

/// <summary>
/// A label on a load balancer, or on something of the inventory. Keys are case-sensitive and unique; a value may be empty.
/// </summary>
public sealed record Tag(string Key, string Value);
