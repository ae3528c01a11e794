namespace CloudLb.ElbV2.Domain;

/// <summary>What of a request a condition looks at.</summary>
public enum ConditionField
{
    HostHeader,
    PathPattern,
    HttpHeader,
    HttpRequestMethod,
    QueryString,
    SourceIp,
}
