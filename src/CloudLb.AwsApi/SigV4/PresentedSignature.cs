using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.SigV4;

/// <summary>A signature as the request carries it, in its header or its query string. Nothing of it is believed yet.</summary>
internal sealed record PresentedSignature
{
    public required bool IsPresigned { get; init; }

    public required string Credential { get; init; }

    /// <summary>The client's own list: <c>content-type;host;x-amz-date</c>.</summary>
    public required string SignedHeaders { get; init; }

    public required string Signature { get; init; }

    public required string Date { get; init; }

    /// <summary>Only in a query string, and not needed there.</summary>
    public string? Expires { get; init; }

    /// <summary>Whether there is a token of a session, be it empty, in the query string or in a header.</summary>
    public bool HasToken { get; init; }

    /// <exception cref="WireException">There is none, there are two, or parts are missing.</exception>
    public static PresentedSignature Find(IHeaderDictionary headers, ApiRequest request)
    {
        // Of several headers only the first counts.
        var authorization = headers.Authorization is { Count: > 0 } values ? values[0] : null;
        var algorithm = request.FindInQuery("X-Amz-Algorithm");
        return (string.IsNullOrEmpty(authorization), algorithm) switch
        {
            (false, null) => AuthorizationHeader.Parse(authorization!, headers),
            (false, _) => throw SigV4Errors.BothCarriers(),
            (true, SigV4Defaults.Scheme) => PresignedQuery.Parse(headers, request),
            _ => throw SigV4Errors.Missing(),
        };
    }
}
