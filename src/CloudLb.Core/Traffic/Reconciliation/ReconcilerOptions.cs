using System.ComponentModel.DataAnnotations;

namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>How often the data plane is held against the plan.</summary>
public sealed class ReconcilerOptions
{
    public const string Section = "CloudLb:Reconciler";

    /// <summary>
    /// How long a lost change signal, or a listener that could not be served, can go unnoticed. An idle pass reads memory only.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ResyncInterval { get; set; } = TimeSpan.FromSeconds(30);
}
