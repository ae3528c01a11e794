using CloudLb.AwsApi;

namespace CloudLb.ElbV2.Domain;

/// <summary>AWS's rules for names of load balancers and target groups, the length first.</summary>
internal static class ResourceNames
{
    private const int MaximumLength = 32;

    /// <summary>A target group's name.</summary>
    public static string CheckTargetGroup(string name) => Check(name, "Target group name", "alphanumeric characters or hyphens(-)");

    /// <param name="name">The name.</param>
    /// <param name="what">What it names, as messages begin: <c>The load balancer name</c>.</param>
    /// <param name="characters">What it may have, as AWS says it of what is named.</param>
    private static string Check(string name, string what, string characters)
    {
        var fault = name switch
        {
            { Length: > MaximumLength } => $"cannot be longer than '{MaximumLength}' characters",
            { Length: 0 } => "cannot be empty",
            _ when !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-') =>
                $"can only contain characters that are {characters}",
            _ when name.StartsWith('-') => "cannot begin with a hyphen(-)",
            _ when name.EndsWith('-') => "cannot end with a hyphen(-)",
            _ => null,
        };
        return fault is null ? name : throw CommonErrors.ValidationError.Because($"{what} '{Cut(name)}' {fault}");
    }

    /// <summary>A load balancer's name, which besides must not look like the DNS name of an internal one.</summary>
    public static string CheckLoadBalancer(string name)
    {
        const string What = "The load balancer name";
        Check(name, What, "alphanumeric characters and hyphens(-)");
        return name.StartsWith("internal-", StringComparison.Ordinal)
            ? throw CommonErrors.ValidationError.Because($"{What} '{name}' cannot begin with 'internal-'")
            : name;
    }

    /// <summary>What a message repeats of a value: whatever its caller sent, and no more than is worth repeating.</summary>
    public static string Cut(string value) => value.Length <= 256 ? value : $"{value[..256]}...";
}
