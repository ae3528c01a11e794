using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Server.Connections;
using CloudLb.Operator.Monitoring;
using CloudLb.Operator.Control;
using CloudLb.Server.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace CloudLb.Server.Startup;

/// <summary>Where the server listens: the API on its URL, operators on the control socket.</summary>
internal static class Listening
{
    /// <summary>Bytes. Room for a presigned URL that names several hundred instances; Kestrel's default is 8 KiB.</summary>
    private const int MaximumRequestLine = 32 * 1024;

    /// <summary>
    /// Bytes. Clients send 1 KiB. With the request line it is what each unknown caller can have in memory before his headers are whole.
    /// </summary>
    private const int MaximumHeaders = 16 * 1024;

    /// <summary>
    /// Open files for everything but the connections of callers: the database, the data plane's sockets, checks, the runtime itself, which
    /// ends without a word when it gets none.
    /// </summary>
    private const int OtherFiles = 600;

    private const int FewestConnections = 100;
    private const int MostConnections = 10_000;

    /// <summary>Where monitoring has a place of its own. A scrape needs one.</summary>
    private const int MonitoringConnections = 100;

    /// <summary>
    /// Bytes that a socket's buffer holds of what nobody has read yet; Kestrel's default is a mebibyte, for each connection.
    /// </summary>
    private const int MaximumReadBuffer = 32 * 1024;

    public static void Configure(WebApplicationBuilder builder, CloudLbSettings settings, ChosenPort? port)
    {
        builder.Services.AddSingleton<IStartupFilter, RequestMarks>();
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = MaximumReadBuffer);
        var host = builder.WebHost;
        if (settings.Url.Scheme == Uri.UriSchemeHttps)
        {
            host.UseKestrelHttpsConfiguration();
            builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ApiCertificate>(provider, settings.Server));
            builder.Services.AddHostedService(provider => provider.GetRequiredService<ApiCertificate>());
            builder.Services.AddSingleton<IInstruments, ApiCertificateInstruments>();
        }

        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaximumRequestLine;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaximumHeaders;
            kestrel.Limits.MaxRequestBufferSize = MaximumRequestLine * 2;
            kestrel.Limits.RequestHeadersTimeout = settings.Connections.RequestTimeout;
            ListenForClients(kestrel, settings, port);
            ListenForOperators(kestrel, settings);
            ListenForMonitoring(kestrel, settings);
        });
    }

    private static void ListenForClients(KestrelServerOptions kestrel, CloudLbSettings settings, ChosenPort? port)
    {
        var url = settings.Url;
        var certificate = kestrel.ApplicationServices.GetService<ApiCertificate>();
        var most = (int)Math.Clamp(OpenFilesLimit.Hard() - OtherFiles, FewestConnections, MostConnections);
        var guard = Guard(kestrel, settings.Connections, most);
        void Secure(ListenOptions listen)
        {
            // HTTP/2 would give a caller whom nobody knows a hundred requests at once, and their buffers, on each connection.
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => connection => guard.WatchAsync(connection, next, isForApi: true));
            if (certificate is not null)
            {
                listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Options) });
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

    private static ConnectionGuard Guard(KestrelServerOptions kestrel, ConnectionOptions options, int most)
    {
        var services = kestrel.ApplicationServices;
        var guard = new ConnectionGuard(
            options, most, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ConnectionGuard>>());
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(guard.Dispose);
        return guard;
    }

    private static void ListenForMonitoring(KestrelServerOptions kestrel, CloudLbSettings settings)
    {
        var options = settings.Metrics;
        if (!options.Enabled || string.IsNullOrEmpty(options.Url))
        {
            return;
        }

        // Nobody signs there.
        var guard = Guard(
            kestrel, new() { MaxUnverifiedPerSource = MonitoringConnections, RequestTimeout = settings.Connections.RequestTimeout },
            2 * MonitoringConnections);
        void Mark(ListenOptions listen) => listen.Use(next => connection =>
        {
            connection.Features.Set(MonitoringConnection.Instance);
            return guard.WatchAsync(connection, next);
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
}
