using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudLb.AwsApi.Foreign;

/// <summary>The target of a request as it was sent, escapes and all: what S3 signs, and what another endpoint is given.</summary>
/// <param name="Path">Begins with a slash.</param>
/// <param name="Query">Without the question mark.</param>
public sealed record SentTarget(string Path, string Query)
{
    /// <summary>
    /// What a path or a query may be made of, RFC 3986's characters and those that clients send although it has not got them; no
    /// <c>#</c>, no blank, no backslash.
    /// </summary>
    private const string Allowed = "-._~%!$&'()*+,;=:@/?[]|^{}\"<>`";

    /// <exception cref="WireException">It is not a path, or has characters that none has.</exception>
    internal static SentTarget Of(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/') || !target.All(c => char.IsAsciiLetterOrDigit(c) || Allowed.Contains(c)))
        {
            throw new WireException(RequestErrors.MalformedTarget);
        }

        var mark = target.IndexOf('?');
        return mark < 0 ? new(target, "") : new(target[..mark], target[(mark + 1)..]);
    }
}
