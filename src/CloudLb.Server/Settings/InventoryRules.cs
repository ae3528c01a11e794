using System.Text.RegularExpressions;
using CloudLb.Core.Inventory;

namespace CloudLb.Server.Settings;

/// <summary>What must be true of the settings of an EC2 endpoint.</summary>
internal static partial class InventoryRules
{
    private const string Section = InventoryOptions.Section;

    private static readonly string[] OfTheEndpoint =
    [
        nameof(InventoryOptions.Ec2Region), nameof(InventoryOptions.Ec2AccessKeyId), nameof(InventoryOptions.Ec2SecretAccessKey),
        nameof(InventoryOptions.Ec2RefreshInterval), nameof(InventoryOptions.Ec2Timeout),
    ];

    /// <summary>One sentence for each fault.</summary>
    public static IEnumerable<string> Faults(InventoryOptions options, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(options.Ec2Endpoint))
        {
            foreach (var name in OfTheEndpoint.Where(name => !string.IsNullOrEmpty(configuration[$"{Section}:{name}"])))
            {
                yield return $"{Section}:{name} has no effect, as {Section}:Ec2Endpoint is not given; give that too, or remove it.";
            }

            yield break;
        }

        if (!Uri.TryCreate(options.Ec2Endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            yield return $"{Section}:Ec2Endpoint must be an http:// or https:// URL, such as https://ec2.us-east-1.amazonaws.com, without a query and a user.";
        }

        if (string.IsNullOrEmpty(options.Ec2AccessKeyId) || string.IsNullOrEmpty(options.Ec2SecretAccessKey))
        {
            yield return $"{Section}:Ec2AccessKeyId and {Section}:Ec2SecretAccessKey must both be given, as {Section}:Ec2Endpoint is.";
        }

        if (options.Ec2Region is { } region && !RegionForm().IsMatch(region))
        {
            yield return $"{Section}:Ec2Region is '{region}', which is not a region; one is 1 to 64 letters, digits and hyphens.";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex RegionForm();
}
