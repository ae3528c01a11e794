using System.ComponentModel.DataAnnotations;

namespace CloudLb.Core.Leases;

/// <summary>Machines that register themselves, and what becomes of one that vanishes.</summary>
public sealed class MemberOptions : IValidatableObject
{
    public const string Section = "CloudLb:Members";

    /// <summary>A member registers three times in it.</summary>
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long a member that is made without saying so stays registered after it has registered last; 0: for ever. It registers three
    /// times in it, so that two calls may be lost.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Instances that a load balancer keeps, whatever has become of their leases: when all members cannot reach CloudLb, they may serve
    /// yet.
    /// </summary>
    [Range(0, 1000)]
    public int MinimumInstances { get; set; } = 1;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Lease > TimeSpan.Zero && Lease < ShortestLease)
        {
            yield return new($"{validationContext.DisplayName}:Lease must be 0 or {ShortestLease.TotalSeconds:0} seconds at least.");
        }
    }
}
