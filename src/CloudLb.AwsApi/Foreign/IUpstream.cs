using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Foreign;

/// <summary>
/// Another endpoint, to which calls go that no service here answers. It is given a call only when its signature was good and its caller
/// may do everything.
/// </summary>
public interface IUpstream
{
    /// <summary>Bytes that the body of a call may have.</summary>
    long MaxBody { get; }

    /// <summary>Where a body waits that is too long for memory until all of it is known to be what was signed.</summary>
    string SpoolDirectory { get; }

    /// <summary>Whether there is a key there for the caller's account.</summary>
    bool Carries(Caller caller);

    /// <summary>
    /// Whether the body is passed on exactly as it came, chunks with their signatures and all, for callers whose own key is known
    /// there.
    /// </summary>
    bool TakesUnchanged(Caller caller);

    /// <summary>Passes the call on and its answer back. When there is no answer, nothing has been written to the response.</summary>
    Task<UpstreamAnswer> ForwardAsync(HttpContext context, UpstreamCall call);
}
