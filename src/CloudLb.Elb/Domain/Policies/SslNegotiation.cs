using CloudLb.Core;

namespace CloudLb.Elb.Domain.Policies;

/// <summary>
/// What a secure listener offers its clients, as its policy says: custom, predefined, or made by reference to a predefined one.
/// </summary>
/// <param name="Protocols">As the attributes are named: <c>Protocol-TLSv1.2</c>. At least one.</param>
/// <param name="Ciphers">OpenSSL's names in the order of preference. At least one.</param>
/// <param name="IsServerOrder">The load balancer's order of preference counts, not the client's.</param>
public sealed record SslNegotiation(EquatableArray<string> Protocols, EquatableArray<string> Ciphers, bool IsServerOrder)
{
    /// <summary>The negotiation that a policy of type SSLNegotiationPolicyType means.</summary>
    public static SslNegotiation Of(Policy policy)
    {
        var on = Describe(policy).Where(attribute => attribute.IsTrue).Select(attribute => attribute.Name).ToHashSet();
        return new(
            PredefinedPolicies.Protocols.Where(on.Contains).ToEquatableArray(),
            PredefinedPolicies.AttributeNames
                .Where(name => on.Contains(name) && !PredefinedPolicies.Protocols.Contains(name) && name != PredefinedPolicies.CipherOrder)
                .ToEquatableArray(),
            on.Contains(PredefinedPolicies.CipherOrder));
    }

    /// <summary>
    /// The full set of attributes. A policy made by reference has those of the policy it names, after the reference; one that was made
    /// without any attribute, and the automatic one, have those of the default policy; of a custom policy what is not named is false.
    /// </summary>
    /// <remarks>
    /// AWS copies the attributes of a reference when the policy is made. A predefined policy never changes, so they are looked up here
    /// instead.
    /// </remarks>
    internal static IReadOnlyList<PolicyAttribute> Describe(Policy policy)
    {
        if (policy.Attributes.Count == 0)
        {
            return PredefinedPolicies.Find(PredefinedPolicies.DefaultName)!.Attributes;
        }

        if (policy.Find(PolicyTypes.ReferenceSecurityPolicy) is { } reference)
        {
            return [new(PolicyTypes.ReferenceSecurityPolicy, reference), .. PredefinedPolicies.Find(reference)!.Attributes];
        }

        var given = policy.Attributes.ToDictionary(attribute => attribute.Name);
        return [.. PredefinedPolicies.AttributeNames.Select(name => given.GetValueOrDefault(name) ?? new(name, "false"))];
    }
}
