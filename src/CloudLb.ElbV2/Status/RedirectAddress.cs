using System.Text.RegularExpressions;
using CloudLb.Core.Traffic.Told;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Status;

/// <summary>Where a redirect leads a request: each placeholder with what the request has there, as HAProxy fills it in.</summary>
internal static partial class RedirectAddress
{
    /// <param name="redirect">The redirect.</param>
    /// <param name="request">The request; null where it is another one by then, so that the placeholders stay.</param>
    public static string Of(RedirectAction redirect, ToldRequest? request)
    {
        var query = Filled(redirect.Query, request);
        return $"{Filled(redirect.Protocol, request, isProtocol: true)}://{Filled(redirect.Host, request)}" +
            $":{Filled(redirect.Port, request)}{Filled(redirect.Path, request)}{(query.Length > 0 ? $"?{query}" : "")}";
    }

    private static string Filled(string part, ToldRequest? request, bool isProtocol = false)
    {
        if (request is null)
        {
            return part;
        }

        var filled = Placeholder().Replace(part, found => found.Groups[1].Value switch
        {
            "protocol" => request.IsSecure ? "https" : "http",
            "host" => Port().Replace(request.Host, ""),
            "port" => $"{request.Port}",
            "path" => request.Path[1..],
            _ => request.Query,
        });
        return isProtocol ? filled.ToLowerInvariant() : filled;
    }

    [GeneratedRegex(@":[^\]]*$")]
    private static partial Regex Port();

    [GeneratedRegex(@"#\{(protocol|host|port|path|query)\}")]
    private static partial Regex Placeholder();
}
