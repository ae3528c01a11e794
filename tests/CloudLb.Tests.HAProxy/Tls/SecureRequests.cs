using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>What clients ask over TLS, whatever certificate they are shown.</summary>
internal static class SecureRequests
{
    public static async Task<string> OpenSslAsync(PlannedLoadBalancer web, string version, string ciphers = "ALL:@SECLEVEL=0")
    {
        var start = new ProcessStartInfo("openssl", ["s_client", "-connect", $"{web.Address}:{Plans.Port}", version, "-cipher", ciphers])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + await errors;
    }

    public static HttpClient Client(out ConcurrentDictionary<string, int> seen)
    {
        var thumbprints = seen = new();
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            thumbprints[certificate!.GetCertHashString()] = 1;
            return true;
        };
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
    }

    public static Uri SecureUrl(PlannedLoadBalancer loadBalancer, string path = "/") =>
        new($"https://{loadBalancer.Address}:{Plans.Port}{path}");

    public static Task<string> GetAsync(HttpClient client, Uri url) => client.GetStringAsync(url, TestContext.Current.CancellationToken);
}
