using System.Net;
using System.Net.Sockets;
using CloudLb.Dns.Answering;
using CloudLb.Dns.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.Dns;

/// <summary>Answers for the zone of the load balancers' names, and for nothing else.</summary>
internal sealed partial class DnsServer(
    Zone zone, DnsPlaces places, DnsOptions options, DnsMetrics metrics, TimeProvider clock, ILogger<DnsServer> logger) : BackgroundService
{
    private readonly List<Socket> _sockets = [];

    /// <exception cref="IOException">A place that is named in the settings cannot be had.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var place in places.All)
        {
            try
            {
                _sockets.Add(Bound(place, SocketType.Dgram, ProtocolType.Udp));
                _sockets.Add(Bound(place, SocketType.Stream, ProtocolType.Tcp));
                Log.Answers(logger, zone.Name, place);
            }
            catch (SocketException exception) when (places.AreOurChoice)
            {
                CloseAll();
                Log.IsTaken(logger, zone.Name, place, exception.Message);
            }
            catch (SocketException exception)
            {
                CloseAll();
                throw new IOException(
                    $"CloudLb cannot answer DNS at {place}: {exception.Message}. Give it another place with {DnsOptions.Section}:Listen.");
            }
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        CloseAll();
    }

    public override void Dispose()
    {
        CloseAll();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var responder = new Responder(zone);
        var limits = new SourceLimits(options.AnswersPerSecond, clock);
        return Task.WhenAll(_sockets.ToList().Select(socket => Task.Run(
            () => socket.SocketType == SocketType.Dgram
                ? new DatagramService(socket, responder, limits, metrics).RunAsync(stoppingToken)
                : new StreamService(socket, responder, metrics, clock).RunAsync(stoppingToken),
            stoppingToken)));
    }

    private static Socket Bound(IPEndPoint place, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(place.AddressFamily, type, protocol);
        try
        {
            socket.Bind(place);
            if (type == SocketType.Stream)
            {
                socket.Listen(64);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void CloseAll()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _sockets.Clear();
    }

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Information, "DNS for {Zone} is answered at {Place}")]
        public static partial void Answers(ILogger logger, string zone, IPEndPoint place);

        [LoggerMessage(9002, LogLevel.Information, "DNS for {Zone} is not answered, as {Place} cannot be had: {Reason}")]
        public static partial void IsTaken(ILogger logger, string zone, IPEndPoint place, string reason);
    }
}
