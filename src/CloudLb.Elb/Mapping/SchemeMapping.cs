using CloudLb.Elb.Domain;

namespace CloudLb.Elb.Mapping;

/// <summary>The scheme as the wire spells it.</summary>
internal static class SchemeMapping
{
    private const string InternetFacing = "internet-facing";
    private const string Internal = "internal";

    public static LoadBalancerScheme ToScheme(string? text) => text switch
    {
        null or "" or InternetFacing => LoadBalancerScheme.InternetFacing,
        Internal => LoadBalancerScheme.Internal,
        _ => throw Errors.InvalidScheme.Because($"The specified scheme '{text}' is not valid; it must be {InternetFacing} or {Internal}."),
    };

    public static string ToWire(this LoadBalancerScheme scheme) => scheme == LoadBalancerScheme.Internal ? Internal : InternetFacing;
}
