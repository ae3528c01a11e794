namespace CloudLb.Elb.Domain.Policies;

/// <summary>An attribute that a policy type knows, spelled as on the wire.</summary>
/// <param name="Name">Case-sensitive.</param>
/// <param name="Type">Boolean, Long, String or PolicyName.</param>
/// <param name="Cardinality">ONE, ZERO_OR_ONE, ZERO_OR_MORE or ONE_OR_MORE.</param>
public sealed record PolicyAttributeType(string Name, string Type, string Cardinality)
{
    internal bool IsRequired => Cardinality is "ONE" or "ONE_OR_MORE";

    internal bool IsRepeatable => Cardinality is "ZERO_OR_MORE" or "ONE_OR_MORE";
}
