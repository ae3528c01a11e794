using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CloudLb.Cli.Trying;

/// <summary>Two small web servers on one port, each at an address of its own, that answer with who they are.</summary>
internal sealed class SampleServers : IAsyncDisposable
{
    private const int Attempts = 20;

    private readonly WebApplication _application;

    private SampleServers(WebApplication application, int port)
    {
        _application = application;
        Port = port;
    }

    /// <summary>What instances of one load balancer have in common at AWS: the port.</summary>
    public int Port { get; }

    public static IReadOnlyList<IPAddress> Addresses { get; } = [IPAddress.Loopback, IPAddress.Parse("127.0.0.2")];

    public static async Task<SampleServers> StartAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var application = Build(port);
            try
            {
                await application.StartAsync(cancellationToken);
                return new(application, port);
            }
            catch (IOException exception)
            {
                await application.DisposeAsync();
                if (attempt == Attempts)
                {
                    throw new CommandException(
                        $"The sample web servers cannot listen at {string.Join(" and ", Addresses)}: {exception.Message}");
                }
            }
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel((KestrelServerOptions kestrel) =>
        {
            foreach (var address in Addresses)
            {
                kestrel.Listen(address, port);
            }
        });
        var application = builder.Build();
        application.Run(
            context => context.Response.WriteAsync($"Hello from {context.Connection.LocalIpAddress}:{port}\n", context.RequestAborted));
        return application;
    }

    /// <summary>Free at the first address; most likely at the other too.</summary>
    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(Addresses[0], 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
