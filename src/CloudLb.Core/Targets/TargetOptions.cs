using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CloudLb.Core.Targets;

/// <summary>Where instances may be. What the two lists mean together: <see cref="TargetNetworks"/>.</summary>
public sealed class TargetOptions : IValidatableObject
{
    public const string Section = "CloudLb:Targets";

    /// <summary>
    /// The networks that instances may be in, in CIDR form; empty, which is the default: every one that is not forbidden.
    /// </summary>
    public List<string> Allowed { get; set; } = [];

    /// <summary>Networks that no instance may be in, in CIDR form, beside those that are forbidden by default.</summary>
    public List<string> Forbidden { get; set; } = [];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        Faults(nameof(Allowed), Allowed).Concat(Faults(nameof(Forbidden), Forbidden));

    private static IEnumerable<ValidationResult> Faults(string name, IEnumerable<string> networks) =>
        networks.Where(text => !IPNetwork.TryParse(text, out _))
        .Select(
            text =>
                new ValidationResult(
                    $"{Section}:{name} has '{text}', which is no network; one is written 10.0.0.0/8, 192.0.2.7/32 or fd00::/8."));
}
