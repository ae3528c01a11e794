using CloudLb.AwsApi;
using CloudLb.Core;

namespace CloudLb.Elb.Domain;

/// <summary>
/// AWS's rule for load balancer names: 1 to 32 letters, digits and hyphens, no hyphen at either end (service model, API reference).
/// </summary>
public static class LoadBalancerName
{
    private const int MaximumLength = 32;

    /// <summary>Returns the name, or throws AWS's ValidationError.</summary>
    public static string Check(string name)
    {
        if (name.Length == 0)
        {
            throw Invalid("LoadBalancer name cannot be empty");
        }

        if (name.Length > MaximumLength)
        {
            throw Invalid($"LoadBalancer name cannot be longer than {MaximumLength} characters");
        }

        if (!name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            throw Invalid("LoadBalancer name cannot contain characters that are not letters, or digits or the dash.");
        }

        return name[0] == '-' || name[^1] == '-' ? throw Invalid("Loadbalancer name cannot begin or end with a hyphen") : name;
    }

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
