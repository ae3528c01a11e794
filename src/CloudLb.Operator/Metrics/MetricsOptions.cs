namespace CloudLb.Operator.Metrics;

/// <summary>Where monitoring finds <c>/metrics</c>, <c>/health</c> and <c>/ready</c>.</summary>
public sealed class MetricsOptions
{
    public const string Section = "CloudLb:Metrics";

    /// <summary>Whether the three are there. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A place of their own: <c>http://</c>, an address and a port. Default none: where the API listens.</summary>
    public string? Url { get; set; }
}
