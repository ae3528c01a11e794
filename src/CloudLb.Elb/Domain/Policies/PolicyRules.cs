using System.Globalization;
using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Certificates;

namespace CloudLb.Elb.Domain.Policies;

/// <summary>What a policy must be like to be accepted, whatever load balancer it is for.</summary>
/// <remarks>AWS's words for most of these refusals are not known; the code is the one that CreateLoadBalancerPolicy has for them.</remarks>
internal static class PolicyRules
{
    /// <summary>The separators that RFC 9110 keeps out of a token, and so out of a cookie's name.</summary>
    private const string Separators = "()<>@,;:\\\"/[]?={} \t";

    /// <summary>
    /// AWS gives none; what is longer is no name that an application has, and would make lines that a data plane cannot read.
    /// </summary>
    private const int MaximumCookieName = 128;

    /// <summary>
    /// AWS's is not known. Every change of a load balancer writes all of its policies anew, so what they hold has to have an end.
    /// </summary>
    private const int MaximumName = 255;

    /// <summary>Nothing that means something is longer: an RSA key of 16,384 bits has some 2,900 characters, in lines or not.</summary>
    private const int MaximumValue = 8192;

    /// <summary>The names of the load balancer's own cookies, which no application may follow.</summary>
    private static readonly string[] OwnCookies = ["AWSELB", "AWSELBCORS"];

    /// <summary>Letters, digits and hyphens (service model, of the cookie actions).</summary>
    public static void CheckName(string name)
    {
        if (name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            throw CommonErrors.ValidationError.Because("Policy name must consist of letters, digits and the dash, at least one");
        }

        if (name.Length > MaximumName)
        {
            throw CommonErrors.ValidationError.Because($"Policy name cannot be longer than {MaximumName} characters");
        }

        if (PredefinedPolicies.IsReserved(name))
        {
            throw Refused($"Policy name {name} cannot begin with ELBSecurityPolicy- or ELBSample-, which are reserved");
        }
    }

    /// <summary>Holds the attributes against the policy's type: known names, how often each, and the values.</summary>
    public static void CheckAttributes(Policy policy)
    {
        var type = PolicyTypes.Get(policy.TypeName);
        foreach (var attribute in policy.Attributes)
        {
            var attributeType = type.Attributes.FirstOrDefault(known => known.Name == attribute.Name)
                ?? throw Refused($"Policy type {type.Name} has no attribute '{attribute.Name}'");
            if (attribute.Value.Length > MaximumValue)
            {
                throw Refused($"The value of attribute {attribute.Name} cannot be longer than {MaximumValue} characters");
            }

            CheckValue(attribute, attributeType);
        }

        foreach (var attributeType in type.Attributes)
        {
            var count = policy.FindAll(attributeType.Name).Count();
            if (count == 0 && attributeType.IsRequired)
            {
                throw Refused($"Attribute {attributeType.Name} of policy type {type.Name} must be specified");
            }

            if (count > 1 && !attributeType.IsRepeatable)
            {
                throw Refused($"Attribute {attributeType.Name} of policy type {type.Name} can be specified only once");
            }
        }

        if (policy.TypeName == PolicyTypes.SslNegotiation)
        {
            CheckNegotiation(policy);
        }
    }

    private static void CheckValue(PolicyAttribute attribute, PolicyAttributeType type)
    {
        var isValid = type switch
        {
            { Type: "Boolean" } => attribute.IsTrue || attribute.Value.Equals("false", StringComparison.OrdinalIgnoreCase),
            { Type: "Long" } => long.TryParse(attribute.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            { Name: PolicyTypes.CookieName } => IsCookieName(attribute.Value),
            { Name: PolicyTypes.PublicKeyAttribute } => PublicKeys.IdOf(attribute.Value) is not null,
            { Name: PolicyTypes.ReferenceSecurityPolicy } => PredefinedPolicies.Find(attribute.Value) is not null,
            _ => attribute.Value.Length > 0,
        };
        if (!isValid)
        {
            // The words and the code of a reference are AWS's (kubernetes#90677).
            throw attribute.Name == PolicyTypes.ReferenceSecurityPolicy
                ? CommonErrors.ValidationError.Because($"Invalid Reference Security Policy: {attribute.Value}")
                : Refused(attribute.Name == PolicyTypes.PublicKeyAttribute
                    ? $"The value of attribute {attribute.Name} is not a public key in PEM form"
                    : $"The value '{attribute.Value}' of attribute {attribute.Name} is not valid");
        }
    }

    /// <summary>
    /// A listener can only negotiate when its policy leaves it a protocol and a cipher (user guide); a reference stands for all its
    /// settings.
    /// </summary>
    private static void CheckNegotiation(Policy policy)
    {
        var negotiation = SslNegotiation.Of(policy);
        if (negotiation.Protocols.Count == 0 || negotiation.Ciphers.Count == 0)
        {
            throw Refused($"Policy {policy.Name} must enable at least one protocol and one cipher");
        }

        if (policy.Find(PolicyTypes.ReferenceSecurityPolicy) is { } reference)
        {
            var predefined = PredefinedPolicies.Find(reference)!;
            var different = policy.Attributes.FirstOrDefault(attribute =>
                attribute.Name != PolicyTypes.ReferenceSecurityPolicy
                    && !attribute.Value.Equals(predefined.Find(attribute.Name), StringComparison.OrdinalIgnoreCase));
            if (different is not null)
            {
                throw Refused(
                    $"Attribute {different.Name} differs from that of {reference}, which attribute {PolicyTypes.ReferenceSecurityPolicy} " +
                    $"names");
            }
        }
    }

    private static bool IsCookieName(string value) =>
        value.Length is > 0 and <= MaximumCookieName
            && value.All(character => char.IsBetween(character, '!', '~') && !Separators.Contains(character))
        && !OwnCookies.Contains(value);

    private static ServiceException Refused(string message) => Errors.InvalidConfigurationRequest.Because(message);
}
