using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Status;

namespace CloudLb.HAProxy.Members;

/// <summary>The same over HTTP/2, of HTTP and of gRPC.</summary>
internal static class Http2Probe
{
    public static async Task<CheckAnswer> MakeAsync(IPEndPoint endpoint, PlannedProbe probe, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, SslOptions = TlsWithoutTrust.Client(),
        };
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        using var request = Request(endpoint, probe);
        using var response = await client.SendAsync(request, cancellationToken);
        if (probe.GrpcStatuses is { } passes)
        {
            return await GrpcAnswer.ReadAsync(response, passes, cancellationToken);
        }

        var status = (int)response.StatusCode;
        return probe.Statuses.Contains(status)
            ? CheckWords.Answer("L7OK", status)
            : CheckWords.Answer("L7STS", status, response.ReasonPhrase ?? "");
    }

    private static HttpRequestMessage Request(IPEndPoint endpoint, PlannedProbe probe)
    {
        var isSecure = probe.Protocol == ProbeProtocol.Https;

        // The path to the letter, as HAProxy sends it.
        var url = new Uri(
            $"{(isSecure ? "https" : "http")}://{endpoint}{probe.Path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(probe.GrpcStatuses is null ? HttpMethod.Get : HttpMethod.Post, url)
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (probe.UserAgent.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", probe.UserAgent);
        }

        if (probe.GrpcStatuses is not null)
        {
            // A message without bytes, after its length.
            request.Headers.TE.Add(new("trailers"));
            request.Content = new ByteArrayContent([0, 0, 0, 0, 0]);
            request.Content.Headers.ContentType = new("application/grpc");
        }

        return request;
    }
}
