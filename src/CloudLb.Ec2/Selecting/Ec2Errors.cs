using CloudLb.AwsQuery;

namespace CloudLb.Ec2.Selecting;

/// <summary>EC2's errors, in the words of its API reference's list of error codes.</summary>
internal static class Ec2Errors
{
    public static WireException NotFound(string code, string kind, string id) => new(new(code, 400, $"The {kind} '{id}' does not exist"));

    /// <param name="kind">The id's prefix, where EC2 names it.</param>
    public static WireException Malformed(string code, string id, string? kind = null) =>
        new(new(code, 400, $"Invalid id: \"{id}\"{(kind is null ? "" : $" (expecting \"{kind}...\")")}"));

    public static WireException InvalidFilter(string name) => InvalidValue($"The filter '{name}' is invalid");

    public static WireException InvalidValue(string message) => new(new("InvalidParameterValue", 400, message));

    public static WireException InvalidCombination(string message) => new(new("InvalidParameterCombination", 400, message));
}
