namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>AWS's classes of requests: https://github.com/aws/http-desync-guardian/tree/main/docs.</summary>
internal enum DesyncClass
{
    /// <summary>Conforms to RFC 7230.</summary>
    Compliant,

    /// <summary>Does not, and is known to do no harm.</summary>
    Acceptable,

    /// <summary>May be read in two ways.</summary>
    Ambiguous,

    /// <summary>Malformed, or made to be misread.</summary>
    Severe,
}
