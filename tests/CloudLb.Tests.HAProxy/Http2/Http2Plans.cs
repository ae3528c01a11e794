using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Load balancers whose clients are offered HTTP/2, and such clients.</summary>
internal static class Http2Plans
{
    public static PlannedLoadBalancer Secure(RunningDataPlane running, string name, params PlannedMember[] members)
    {
        var plain = ApplicationPlans.LoadBalancer(name, members);
        return plain.SecuredBy(running.Certificates.Add(TestCertificate.SelfSigned(name)));
    }

    public static PlannedLoadBalancer SecuredBy(this PlannedLoadBalancer plain, string certificate) => plain with
    {
        Listeners =
        [
            .. plain.Listeners.Select(listener => listener with
            {
                Http = listener.Http! with { IsHttp2 = true },
                Tls = Plans.Tls(certificate) with
                {
                    Versions = [TlsVersion.Tls12, TlsVersion.Tls13],
                    CipherSuites = ["TLS_AES_256_GCM_SHA384"],
                    NamedCertificateIds = [],
                    Alpn = ["h2", "http/1.1"],
                },
            }),
        ],
    };

    public static HttpClient Client()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>A request in that version and no other.</summary>
    public static HttpRequestMessage Request(
        PlannedLoadBalancer web, string path, Version version, HttpMethod? method = null, params string[] headers)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, SecureRequests.SecureUrl(web, path))
        {
            Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var parts in headers.Select(header => header.Split(": ")))
        {
            request.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }

        return request;
    }

    public static Task<(int Major, int Status, string Body)> AskAsync(
        HttpClient client, PlannedLoadBalancer web, string path, params string[] headers) =>
        AskAsync(client, Request(web, path, HttpVersion.Version20, null, headers));

    public static Task<(int Major, int Status, string Body)> AskWith1Async(HttpClient client, PlannedLoadBalancer web, string path) =>
        AskAsync(client, Request(web, path, HttpVersion.Version11));

    public static async Task<(int Major, int Status, string Body)> AskAsync(HttpClient client, HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (answer.Version.Major, (int)answer.StatusCode, body);
        }
    }
}
