using CloudLb.AwsApi;

namespace CloudLb.ElbV2.Domain.Attributes;

/// <summary>One attribute that a kind of resource has.</summary>
/// <param name="Key">As AWS spells it.</param>
/// <param name="Default">What it is until somebody sets it.</param>
/// <param name="Fault">Given a value, what AWS says against it; null for a good one.</param>
internal sealed record AttributeRule(string Key, string Default, Func<string, string?> Fault)
{
    /// <summary>What AWS answers to a value with a fault.</summary>
    public ErrorContract Error { get; init; } = CommonErrors.ValidationError;

    /// <summary>Whether CloudLb carries its default alone, so that every other value is refused.</summary>
    public bool IsFixed { get; init; }

    /// <summary>As this one, of which nothing but the default is carried.</summary>
    public AttributeRule Fixed() => this with { IsFixed = true };
}
