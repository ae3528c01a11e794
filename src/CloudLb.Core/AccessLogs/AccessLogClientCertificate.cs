namespace CloudLb.Core.AccessLogs;

/// <summary>The certificate that a client has shown. What stands in it is whatever somebody has signed, or nobody.</summary>
/// <param name="Subject">By RFC 2253; cut at 1,024 characters.</param>
/// <param name="Serial">In hexadecimal, in capitals.</param>
/// <param name="NotBefore">Null where it is no time.</param>
/// <param name="NotAfter">The same.</param>
public sealed record AccessLogClientCertificate(string Subject, string Serial, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter);
