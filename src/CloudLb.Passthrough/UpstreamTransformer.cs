using System.Net.Http.Headers;
using CloudLb.AwsApi.Foreign;
using CloudLb.AwsApi.SigV4;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace CloudLb.Passthrough;

/// <summary>
/// Makes the request for the other endpoint of the caller's: the target as it was sent, no header that was meant for this hop, and a
/// new signature.
/// </summary>
internal sealed class UpstreamTransformer(
    string url, UpstreamCall call, PassthroughAccountOptions account, bool keepHost, StringValues ownRequestId, TimeProvider clock)
    : HttpTransformer
{
    /// <summary>
    /// For this hop, or said by whoever stands before us and believed by nobody behind. YARP leaves out the rest that is for one hop.
    /// </summary>
    private static readonly string[] OfThisHop =
    [
        "Connection", "Expect", "Forwarded", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Real-IP",
    ];

    /// <summary>The caller's signature in the head.</summary>
    private static readonly string[] OfTheSignature =
    [
        "Authorization", "Date", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256",
    ];

    /// <summary>What a body in chunks has in its head, and a whole one has not.</summary>
    private static readonly string[] OfChunks = ["X-Amz-Decoded-Content-Length", "X-Amz-Trailer"];

    /// <summary>The id in the answer, if there was one.</summary>
    public string? RequestId { get; private set; }

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var named = httpContext.Request.Headers.Connection.SelectMany(value => value?.Split(',', StringSplitOptions.TrimEntries) ?? []);
        Remove(proxyRequest, OfThisHop.Concat(named.Where(name => name.Length > 0)));

        var query = account.Unchanged ? call.Target.Query : UpstreamQuery.WithoutSignature(call.Target.Query);
        proxyRequest.RequestUri = new Uri(
            $"{url}{call.Target.Path}{(query.Length > 0 ? "?" : "")}{query}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        proxyRequest.Headers.Host = keepHost || account.Unchanged ? httpContext.Request.Host.Value : null;
        if (proxyRequest.Content is { } content && call.Length is { } length)
        {
            content.Headers.ContentLength = length;
        }

        if (!account.Unchanged)
        {
            Remove(proxyRequest, OfTheSignature);
            if (call.IsUnchunked)
            {
                LeaveOutChunks(proxyRequest);
            }

            new SigV4Signer(account.AccessKeyId!, account.SecretAccessKey!, call.Caller.Region, call.Service, clock)
                .Sign(proxyRequest, call.Payload);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var isPassedOn = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var headers = httpContext.Response.Headers;
        RequestId = headers["x-amzn-RequestId"] is [{ } id, ..] ? id : headers["x-amz-request-id"] is [{ } s3, ..] ? s3 : null;
        if (RequestId is null)
        {
            headers["x-amzn-RequestId"] = ownRequestId;
        }

        return isPassedOn;
    }

    private void LeaveOutChunks(HttpRequestMessage request)
    {
        Remove(request, OfChunks);
        if (request.Content is { } content)
        {
            var others = content.Headers.ContentEncoding.Where(encoding => encoding != "aws-chunked").ToList();
            content.Headers.ContentEncoding.Clear();
            others.ForEach(content.Headers.ContentEncoding.Add);
        }

        foreach (var (name, value) in call.Trailers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void Remove(HttpRequestMessage request, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            Remove(request.Headers, name);
            if (request.Content is { } content)
            {
                Remove(content.Headers, name);
            }
        }
    }

    /// <summary>
    /// Whichever of the two collections a header belongs to, and whether it is the name of one at all: the other collection refuses it.
    /// </summary>
    private static void Remove(HttpHeaders headers, string name)
    {
        if (headers.NonValidated.Contains(name))
        {
            headers.Remove(name);
        }
    }
}
