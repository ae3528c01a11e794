using System.Net.Sockets;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>Requests through a load balancer, as a browser makes them that minds no certificate.</summary>
internal static class Traffic
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.Zero, AllowAutoRedirect = false,
        SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    {
        Timeout = Patience,
    };

    /// <summary>The status and, of a 200, the body; 0 when the connection is refused or breaks.</summary>
    public static async Task<(int Status, string Body)> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(url, cancellationToken);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            return (
                0, exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "refused" : "broken");
        }
    }

    /// <summary>By TLS, at its usual port.</summary>
    public static Uri Secure(Uri url) => new UriBuilder(url) { Scheme = Uri.UriSchemeHttps, Port = 443 }.Uri;

    /// <summary>Asks until the answer has the status.</summary>
    public static Task<(int Status, string Body)> AnswersAsync(Uri url, int status, CancellationToken cancellationToken) =>
        Wait.ForAsync(() => GetAsync(url, cancellationToken), answer => answer.Status == status, cancellationToken);
}
