using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Requests of clients that show a certificate, or none.</summary>
internal static class ClientCertificates
{
    /// <summary>What was answered; null where the handshake failed, or the connection ended with it.</summary>
    /// <param name="web">Which load balancer is asked.</param>
    /// <param name="certificate">What is shown; null for nothing.</param>
    /// <param name="issuers">What is sent along with it.</param>
    /// <param name="version">Of TLS.</param>
    /// <param name="headers">Names and values of further ones.</param>
    public static async Task<string?> AskAsync(
        PlannedLoadBalancer web, X509Certificate2? certificate = null, X509Certificate2[]? issuers = null,
        SslProtocols version = SslProtocols.Tls13, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        handler.SslOptions.EnabledSslProtocols = version;
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificateContext =
                SslStreamCertificateContext.Create(certificate, [.. issuers ?? []], offline: true);
        }

        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
        using var request = new HttpRequestMessage(HttpMethod.Get, SecureRequests.SecureUrl(web));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
