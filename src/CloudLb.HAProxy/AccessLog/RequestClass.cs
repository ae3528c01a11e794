using CloudLb.Core.AccessLogs;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>
/// How a request would be classed by AWS, as far as what is logged of it tells: <see cref="Configuration.DesyncLines"/> decides what
/// becomes of it.
/// </summary>
internal static class RequestClass
{
    private const string Acceptable = "Acceptable", Ambiguous = "Ambiguous", Severe = "Severe";

    /// <summary>A length that cannot be one has so many digits.</summary>
    private const int LongestLength = 20;

    /// <param name="request">What was asked.</param>
    /// <param name="length">Its Content-Length as it was kept; <c>-</c> for none.</param>
    /// <param name="isCoded">Whether it had a Transfer-Encoding.</param>
    /// <param name="isAmbiguous">Whether HAProxy's rules say so.</param>
    /// <param name="isRefused">Whether they have refused it.</param>
    public static AccessLogClass? Of(AccessLogRequest? request, ReadOnlySpan<char> length, bool isCoded, bool isAmbiguous, bool isRefused)
    {
        if (request is null || request.Version.StartsWith('2'))
        {
            return null;
        }

        var isBodiless = request.Method is "GET" or "HEAD";
        var hasLength = !LogFields.IsNone(length);
        return request.Version switch
        {
            not [>= '0' and <= '9', '.', >= '0' and <= '9'] => new(Severe, "BadVersion"),
            _ when length.Length >= LongestLength => new(Severe, "BadContentLength"),
            _ when request.Target.Contains('\x7f') => new(Ambiguous, "AmbiguousUri"),
            _ when isBodiless && isCoded => new(Ambiguous, "UndefinedTransferEncodingSemantics"),
            _ when isBodiless && hasLength && length.Trim('0').Length > 0 => new(Ambiguous, "UndefinedContentLengthSemantics"),
            _ when isAmbiguous => new(Ambiguous, request.Version == "1.1" ? "SuspiciousHeader" : null),
            _ when isRefused => new(Severe, isCoded ? "BadTransferEncoding" : null),
            not ("1.0" or "1.1" or "0.9") => new(Acceptable, "NonCompliantVersion"),
            _ when isBodiless && hasLength => new(Acceptable, "GetHeadZeroContentLength"),
            _ => null,
        };
    }
}
