namespace CloudLb.Elb.Domain.Attributes;

/// <summary>AWS's attribute <c>elb.http.desyncmitigationmode</c>; lower case on the wire.</summary>
public enum DesyncMitigationMode
{
    Monitor,
    Defensive,
    Strictest,
}
