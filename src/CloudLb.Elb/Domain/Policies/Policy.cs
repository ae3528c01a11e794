using System.Globalization;
using CloudLb.Core;

namespace CloudLb.Elb.Domain.Policies;

/// <summary>
/// A named set of settings that belongs to a load balancer and has effect where it is set: on a listener or an instance port.
/// </summary>
public sealed record Policy
{
    /// <summary>Letters, digits and hyphens; unique within the load balancer.</summary>
    public required string Name { get; init; }

    /// <summary>The <see cref="PolicyType.Name"/> of its type.</summary>
    public required string TypeName { get; init; }

    /// <summary>
    /// As sent. What follows from them, such as the settings of a predefined policy that is referred to, is in <see cref="Describe"/>.
    /// </summary>
    public EquatableArray<PolicyAttribute> Attributes { get; init; }

    /// <summary>The value of the first attribute of that name.</summary>
    public string? Find(string attributeName) => Attributes.FirstOrDefault(attribute => attribute.Name == attributeName)?.Value;

    /// <summary>Every value of an attribute that may be repeated.</summary>
    public IEnumerable<string> FindAll(string attributeName) =>
        Attributes.Where(attribute => attribute.Name == attributeName).Select(attribute => attribute.Value);

    /// <summary>The attributes as AWS describes them: complete, whatever was left out at the creation.</summary>
    /// <remarks>Terraform's provider fails unless a load balancer cookie's policy has its one attribute, 0 when none was given.</remarks>
    public IReadOnlyList<PolicyAttribute> Describe() => TypeName switch
    {
        PolicyTypes.SslNegotiation => SslNegotiation.Describe(this),
        PolicyTypes.LBCookieStickiness when Attributes.Count == 0 => [new(PolicyTypes.CookieExpirationPeriod, "0")],
        _ => Attributes,
    };

    /// <summary>
    /// How long a load balancer cookie lasts; null when it ends with the browser's session or the policy is of another type.
    /// </summary>
    /// <remarks>A period of 0 means the session too (API reference).</remarks>
    public long? CookiePeriodSeconds() =>
        Find(PolicyTypes.CookieExpirationPeriod) is { } text && long.Parse(text, CultureInfo.InvariantCulture) is > 0 and var seconds
            ? seconds
            : null;

    /// <summary>The same settings, in whatever order; a load balancer cookie without a period is one with 0.</summary>
    internal bool IsSameAs(Policy other) => Name == other.Name && TypeName == other.TypeName && Ordered(this).SequenceEqual(Ordered(other));

    private static IEnumerable<PolicyAttribute> Ordered(Policy policy) =>
        (policy.TypeName == PolicyTypes.LBCookieStickiness ? policy.Describe() : policy.Attributes)
            .OrderBy(attribute => attribute.Name, StringComparer.Ordinal)
            .ThenBy(attribute => attribute.Value, StringComparer.Ordinal);
}
