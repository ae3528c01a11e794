using CloudLb.Core;

namespace CloudLb.Elb.Domain.Policies;

/// <summary>The SSL negotiation policies that AWS made, read once from the built-in table.</summary>
public static class PredefinedPolicies
{
    private static readonly Table Read = PolicyResource.Read<Table>("ssl-policies.json");

    /// <summary>The policy that a secure listener has when none was set.</summary>
    public static string DefaultName => Read.DefaultPolicy;

    /// <summary>In the order in which DescribeLoadBalancerPolicies lists them.</summary>
    public static EquatableArray<Policy> All { get; } = Read.Policies.Select(Policy).ToEquatableArray();

    /// <summary>The names that a negotiation policy's protocols have, <c>Protocol-TLSv1.2</c> for example.</summary>
    internal static EquatableArray<string> Protocols => Read.Protocols;

    /// <summary>The attribute that makes the load balancer's order of ciphers count, not the client's.</summary>
    internal static string CipherOrder => Read.CipherOrder;

    /// <summary>Every attribute that a negotiation policy is described with, the ciphers in their order of preference.</summary>
    internal static EquatableArray<string> AttributeNames => Read.Attributes;

    /// <summary>A predefined policy by its name or by the name it once had.</summary>
    public static Policy? Find(string name)
    {
        var current = Read.Aliases.GetValueOrDefault(name, name);
        return All.FirstOrDefault(policy => policy.Name == current);
    }

    /// <summary>The predefined policy, or AWS's PolicyNotFound.</summary>
    public static Policy Get(string name) => Find(name) ?? throw Errors.PolicyNotFound.Because($"There is no policy with name {name}");

    /// <summary>Names that begin like AWS's own are AWS's alone (API reference).</summary>
    internal static bool IsReserved(string name) =>
        Read.ReservedNamePrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static Policy Policy(Entry entry)
    {
        var enabled = entry.Enabled.ToHashSet();
        return new()
        {
            Name = entry.Name,
            TypeName = PolicyTypes.SslNegotiation,
            Attributes = Read.Attributes.Select(
                name => new PolicyAttribute(name, enabled.Contains(name) ? "true" : "false")).ToEquatableArray(),
        };
    }

    private sealed record Table(
        string DefaultPolicy,
        EquatableArray<string> ReservedNamePrefixes,
        Dictionary<string, string> Aliases,
        EquatableArray<string> Protocols,
        string CipherOrder,
        EquatableArray<string> Attributes,
        EquatableArray<Entry> Policies);

    private sealed record Entry(string Name, EquatableArray<string> Enabled);
}
