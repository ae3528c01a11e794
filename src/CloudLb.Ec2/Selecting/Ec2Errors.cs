using CloudLb.AwsApi;
using CloudLb.Core.Inventory;

namespace CloudLb.Ec2.Selecting;

/// <summary>EC2's errors, in the words of its API reference's list of error codes.</summary>
internal static class Ec2Errors
{
    public static WireException NotFound(string code, string kind, string id) => new(new(code, 400, $"The {kind} '{id}' does not exist"));

    /// <param name="kind">The id's prefix, where EC2 names it.</param>
    public static WireException Malformed(string code, string id, string? kind = null) =>
        new(new(code, 400, $"Invalid id: \"{id}\"{(kind is null ? "" : $" (expecting \"{kind}...\")")}"));

    public static WireException VpcNotFound(string id) => NotFound("InvalidVpcID.NotFound", "vpc ID", id);

    public static WireException InstanceNotFound(string id) => InstanceId.IsEc2(id)
        ? NotFound("InvalidInstanceID.NotFound", "instance ID", id)
        : Malformed("InvalidInstanceID.Malformed", id);

    /// <param name="name">What was asked for; nothing, if none was named.</param>
    public static WireException UnknownAttribute(string? name) =>
        string.IsNullOrEmpty(name)
            ? Missing("attribute")
            : InvalidValue($"Value ({name}) for parameter attribute is invalid. Unknown attribute.");

    public static WireException Missing(string parameter) =>
        new(new("MissingParameter", 400, $"The request must contain the parameter {parameter}"));

    public static WireException InvalidFilter(string name) => InvalidValue($"The filter '{name}' is invalid");

    public static WireException InvalidValue(string message) => new(new("InvalidParameterValue", 400, message));

    public static WireException InvalidCombination(string message) => new(new("InvalidParameterCombination", 400, message));
}
