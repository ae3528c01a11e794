namespace CloudLb.Core.Traffic.Planning;

/// <summary>What becomes of requests that may be read in two ways: AWS's attribute <c>elb.http.desyncmitigationmode</c>.</summary>
public enum DesyncMitigation
{
    /// <summary>Everything that can be routed is routed.</summary>
    Monitor,

    /// <summary>Severe requests are refused, ambiguous ones end their connections. AWS's default.</summary>
    Defensive,

    /// <summary>Only requests that conform to RFC 7230 are routed.</summary>
    Strictest,
}
