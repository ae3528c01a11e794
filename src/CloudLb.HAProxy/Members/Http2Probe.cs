using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Status;

namespace CloudLb.HAProxy.Members;

/// <summary>The same over HTTP/2, of HTTP and of gRPC: as HAProxy's, which looks for a status in the head alone.</summary>
internal static class Http2Probe
{
    private const string GrpcStatus = "grpc-status";

    public static async Task<CheckAnswer> MakeAsync(IPEndPoint endpoint, PlannedProbe probe, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, SslOptions = TlsWithoutTrust.Client(),
        };
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        using var request = Request(endpoint, probe);
        using var response = await client.SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        if (probe.GrpcStatuses is not { } passes)
        {
            return probe.Statuses.Contains(status)
                ? CheckWords.Answer("L7OK", status)
                : CheckWords.Answer("L7STS", status, response.ReasonPhrase ?? "");
        }

        return response.Headers.TryGetValues(GrpcStatus, out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && passes.Contains(code)
                ? CheckWords.Answer("L7OK", status)
                : CheckWords.Answer("L7STS", status, response.ReasonPhrase ?? "");
    }

    private static HttpRequestMessage Request(IPEndPoint endpoint, PlannedProbe probe)
    {
        var isSecure = probe.Protocol == ProbeProtocol.Https;
        var request = new HttpRequestMessage(
            probe.GrpcStatuses is null ? HttpMethod.Get : HttpMethod.Post, $"{(isSecure ? "https" : "http")}://{endpoint}{probe.Path}")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (probe.UserAgent.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", probe.UserAgent);
        }

        if (probe.GrpcStatuses is not null)
        {
            request.Headers.TE.Add(new("trailers"));
            request.Content = new ByteArrayContent([]);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        }

        return request;
    }
}
