namespace CloudLb.ElbV2.Domain;

/// <summary>One of a resource's attributes, as AWS spells both.</summary>
public sealed record ResourceAttribute(string Key, string Value);
