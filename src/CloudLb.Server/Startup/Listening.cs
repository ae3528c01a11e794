using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core;
using CloudLb.Server.Monitoring;
using CloudLb.Server.Operator;
using CloudLb.Server.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CloudLb.Server.Startup;

/// <summary>Where the server listens: the API on its URL, operators on the control socket.</summary>
internal static class Listening
{
    /// <summary>Room for a presigned URL that names several hundred instances; Kestrel's default is 8 KiB.</summary>
    private const int MaximumRequestLine = 64 * 1024;

    /// <summary>Open files for everything but the connections of callers: the database, HAProxy's sockets, checks, the runtime itself, which ends without a word when it gets none.</summary>
    private const int OtherFiles = 600;

    private const int FewestConnections = 100;
    private const int MostConnections = 10_000;

    public static void Configure(ConfigureWebHostBuilder host, CloudLbSettings settings, ChosenPort? port)
    {
        if (settings.Url.Scheme == Uri.UriSchemeHttps)
        {
            host.UseKestrelHttpsConfiguration();
        }

        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaximumRequestLine;
            kestrel.Limits.MaxRequestBufferSize = MaximumRequestLine * 2;
            kestrel.Limits.MaxConcurrentConnections = Math.Clamp(OpenFilesLimit.Hard() - OtherFiles, FewestConnections, MostConnections);
            ListenForClients(kestrel, settings, port);
            ListenForOperators(kestrel, settings);
            ListenForMonitoring(kestrel, settings.Metrics);
        });
    }

    private static void ListenForClients(KestrelServerOptions kestrel, CloudLbSettings settings, ChosenPort? port)
    {
        var url = settings.Url;
        var certificate = url.Scheme == Uri.UriSchemeHttps ? Certificate(settings.Server) : null;
        void Secure(ListenOptions listen)
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }

        if (port is not null)
        {
            kestrel.ListenHandle(port.Handle, Secure);
        }
        else if (url.Host == "localhost")
        {
            kestrel.ListenLocalhost(url.Port, Secure);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(url.Host), url.Port, Secure);
        }
    }

    private static void ListenForMonitoring(KestrelServerOptions kestrel, MetricsOptions options)
    {
        if (!options.Enabled || string.IsNullOrEmpty(options.Url))
        {
            return;
        }

        static void Mark(ListenOptions listen) => listen.Use(next => connection =>
        {
            connection.Features.Set(MonitoringConnection.Instance);
            return next(connection);
        });

        var url = new Uri(options.Url);
        if (url.Host == "localhost")
        {
            kestrel.ListenLocalhost(url.Port, Mark);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(url.Host), url.Port, Mark);
        }
    }

    private static void ListenForOperators(KestrelServerOptions kestrel, CloudLbSettings settings)
    {
        // The lock on the data directory is held, so a socket that is there was left by a process that is gone.
        var path = ControlSocket.PathFor(settings.DataDirectory);
        File.Delete(path);
        kestrel.ListenUnixSocket(path, listen => listen.Use(next => connection =>
        {
            connection.Features.Set(ControlConnection.Instance);
            return next(connection);
        }));
    }

    private static X509Certificate2 Certificate(ServerOptions options)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.CertificateKeyFile);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The certificate of CloudLb:CertificateFile cannot be used: {exception.Message}");
        }
    }
}
