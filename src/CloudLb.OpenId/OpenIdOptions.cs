using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.OpenId;

/// <summary>How the providers are reached that listeners' actions name.</summary>
public sealed class OpenIdOptions : IValidatableObject
{
    public const string Section = "CloudLb:OpenId";

    /// <summary>
    /// A PEM file with the authorities whose certificates providers may have, in the place of the machine's; absent: the machine's alone.
    /// </summary>
    public string? AuthoritiesFile { get; set; }

    /// <summary>
    /// How often the keys are fetched again that tokens are signed with. A provider shows a new key some time before it signs with it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an answer of a provider may take, with all that it is redirected to.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(AuthoritiesFile))
        {
            yield break;
        }

        string? fault = null;
        try
        {
            fault = ReadAuthorities(AuthoritiesFile).Count == 0 ? "it has no certificate" : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            fault = exception.Message;
        }

        if (fault is not null)
        {
            yield return new ValidationResult(
                $"{Section}:AuthoritiesFile is '{AuthoritiesFile}', which cannot be read as certificates in PEM: {fault}");
        }
    }

    internal static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }
}
