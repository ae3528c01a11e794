using System.ComponentModel.DataAnnotations;

namespace CloudLb.AwsApi.Throttling;

/// <summary>How many requests an account may make.</summary>
public sealed class ThrottlingOptions : IValidatableObject
{
    public const string Section = "CloudLb:Throttling";

    /// <summary>
    /// Requests per second that each account may make in the long run: 0 to 1,000,000; 0, the default, is without bound. AWS does not tell
    /// its own.
    /// </summary>
    [Range(0, 1_000_000)]
    public int RequestsPerSecond { get; set; }

    /// <summary>
    /// Requests that an account may make at once after a rest: 0 to 1,000,000; 0, the default, is as many as in one second.
    /// </summary>
    [Range(0, 1_000_000)]
    public int Burst { get; set; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        this is { RequestsPerSecond: 0, Burst: > 0 }
        ? [new($"{Section}:Burst has no effect, as RequestsPerSecond is 0; give that too, or remove it.")]
        : [];
}
