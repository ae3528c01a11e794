namespace CloudLb.Elb.Domain.Policies;

/// <summary>
/// A setting of a policy, its value as the caller wrote it: <c>True</c> stays <c>True</c>, since clients compare what they read with what
/// they sent.
/// </summary>
public sealed record PolicyAttribute(string Name, string Value)
{
    /// <summary>The value is the wire's true, in any case.</summary>
    internal bool IsTrue => Value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
