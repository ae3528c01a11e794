using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace CloudLb.Core.Inventory;

/// <summary>Where instance ids are looked up.</summary>
public sealed partial class InventoryOptions : IValidatableObject
{
    public const string Section = "CloudLb:Inventory";

    /// <summary>
    /// The file that says where <c>i-…</c> ids are; absent: <c>inventory.json</c> in the data directory. It need not exist.
    /// </summary>
    public string? File { get; set; }

    /// <summary>How often the file's time and size are looked at. A look is one system call.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often registered host names are resolved again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ResolveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An EC2 endpoint that knows what the file does not: EC2's own, Eucalyptus's, an emulator's. Absent: none is asked.</summary>
    public string? Ec2Endpoint { get; set; }

    /// <summary>
    /// The region that the endpoint speaks for and that requests to it are signed for. Absent: the first of CloudLb's regions.
    /// </summary>
    public string? Ec2Region { get; set; }

    /// <summary>With <see cref="Ec2SecretAccessKey"/>, what requests to the endpoint are signed with.</summary>
    public string? Ec2AccessKeyId { get; set; }

    public string? Ec2SecretAccessKey { get; set; }

    /// <summary>
    /// How often the endpoint is asked again for the instances in use and for all networks. EC2 allows some calls a second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Ec2RefreshInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a question to the endpoint may take; callers wait for it. Far less than the minute that AWS's clients wait for an answer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Ec2Timeout { get; set; } = TimeSpan.FromSeconds(3);

    private static readonly string[] OfTheEndpoint =
        [nameof(Ec2Region), nameof(Ec2AccessKeyId), nameof(Ec2SecretAccessKey), nameof(Ec2RefreshInterval), nameof(Ec2Timeout)];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Faults(validationContext.GetService(typeof(IConfiguration)) as IConfiguration).Select(fault => new ValidationResult(fault));

    /// <param name="given">Where it is known what is given, and what a default.</param>
    private IEnumerable<string> Faults(IConfiguration? given)
    {
        if (File is { } file && string.IsNullOrWhiteSpace(file))
        {
            yield return $"{Section}:File is '{file}'; it must name a file.";
        }

        if (string.IsNullOrEmpty(Ec2Endpoint))
        {
            foreach (var name in OfTheEndpoint.Where(name => !string.IsNullOrEmpty(given?[$"{Section}:{name}"])))
            {
                yield return $"{Section}:{name} has no effect, as {Section}:Ec2Endpoint is not given; give that too, or remove it.";
            }

            yield break;
        }

        if (!Uri.TryCreate(Ec2Endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            yield return $"{Section}:Ec2Endpoint must be an http:// or https:// URL, such as https://ec2.us-east-1.amazonaws.com, " +
                "without a query and a user.";
        }

        if (string.IsNullOrEmpty(Ec2AccessKeyId) || string.IsNullOrEmpty(Ec2SecretAccessKey))
        {
            yield return $"{Section}:Ec2AccessKeyId and {Section}:Ec2SecretAccessKey must both be given, as {Section}:Ec2Endpoint is.";
        }

        if (Ec2Region is { } region && !RegionForm().IsMatch(region))
        {
            yield return $"{Section}:Ec2Region is '{region}', which is not a region; one is 1 to 64 letters, digits and hyphens.";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex RegionForm();
}
