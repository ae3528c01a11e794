namespace CloudLb.ElbV2.Domain;

/// <summary>What a client takes along to a provider.</summary>
public sealed record ExtraParameter(string Name, string Value);
