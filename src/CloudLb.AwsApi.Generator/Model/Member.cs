namespace CloudLb.AwsApi.Generator.Model;

/// <summary>A member of a structure.</summary>
internal sealed record Member(string Name, bool IsRequired, Shape Shape);
