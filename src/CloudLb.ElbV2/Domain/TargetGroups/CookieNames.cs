namespace CloudLb.ElbV2.Domain;

/// <summary>Names that the cookie of an application can have.</summary>
internal static class CookieNames
{
    private const string Separators = "()<>@,;:\\\"/[]?={}";
    private const int Longest = 1024;

    // A name that begins as the load balancer's own cookies do.
    private const string Reserved = "AWSALB";

    /// <summary>What is said against a name; null for a good one, and for none at all.</summary>
    public static string? Fault(string name) => name switch
    {
        _ when name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase) =>
            $"The cookie name '{ResourceNames.Cut(name)}' is not valid: names that start with '{Reserved}' are reserved",
        { Length: > Longest } => $"The cookie name '{ResourceNames.Cut(name)}' cannot be longer than '{Longest}' characters",
        _ when name.All(character => character is > ' ' and <= '~' && !Separators.Contains(character)) => null,
        _ => $"The cookie name '{ResourceNames.Cut(name)}' is not valid",
    };
}
