using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace CloudLb.Passthrough;

/// <summary>Where calls go that CloudLb does not speak, and whose.</summary>
public sealed class PassthroughOptions : IValidatableObject
{
    public const string Section = "CloudLb:Passthrough";

    /// <summary>
    /// An endpoint for all of AWS's services, without a path: an emulator's, a private cloud's. Absent, the default: nothing is passed
    /// on.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>
    /// Whether the other endpoint is told the host that the caller has asked for, so that the URLs in its answers lead back here and
    /// buckets that stand in
    /// the host's name are found. Default true; false for an endpoint that answers for its own name alone.
    /// </summary>
    public bool KeepHost { get; set; } = true;

    /// <summary>
    /// MiB that the body of a call may have: 1 to 5120, which is S3's largest. Default 128: parts of an upload have 8, a Lambda
    /// function 70.
    /// </summary>
    [Range(1, 5120)]
    public int MaxBodySize { get; set; } = 128;

    /// <summary>
    /// How long the other endpoint may say nothing: 1 s to 15 min, the longest that a Lambda function runs. Default 1 min, after which
    /// AWS's clients give up.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:15:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The accounts whose calls are passed on. One that is not here is answered as if there were no other endpoint.</summary>
    public List<PassthroughAccountOptions> Accounts { get; set; } = [];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Faults(validationContext.GetService(typeof(IConfiguration)) as IConfiguration).Select(fault => new ValidationResult(fault));

    /// <param name="given">Where it is known what is given, and what a default.</param>
    private IEnumerable<string> Faults(IConfiguration? given)
    {
        if (string.IsNullOrEmpty(Url))
        {
            if (given?.GetSection(Section).GetChildren().Any(child => child.Key != nameof(Url)) == true)
            {
                yield return $"{Section} has no effect, as {Section}:Url is not given; give that too, or remove the rest.";
            }

            yield break;
        }

        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            yield return $"{Section}:Url must be http:// or https:// with a host and, where it is not the usual one, a port, such as " +
                "http://127.0.0.1:5000, and nothing behind.";
        }

        if (Accounts.Count == 0)
        {
            yield return $"{Section}:Accounts must say whose calls are passed on, and with which keys, as {Section}:Url is given.";
        }

        foreach (var twice in Accounts.CountBy(account => account.AccountId).Where(count => count.Value > 1))
        {
            yield return $"{Section}:Accounts has the account {twice.Key} more than once.";
        }
    }
}
