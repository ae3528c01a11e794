namespace CloudLb.Core.Targets;

/// <summary>Where instances may be. What the two lists mean together: <see cref="TargetNetworks"/>.</summary>
public sealed class TargetOptions
{
    public const string Section = "CloudLb:Targets";

    /// <summary>The networks that instances may be in, in CIDR form; empty, which is the default: every one that is not forbidden.</summary>
    public List<string> Allowed { get; set; } = [];

    /// <summary>Networks that no instance may be in, in CIDR form, beside those that are forbidden by default.</summary>
    public List<string> Forbidden { get; set; } = [];
}
