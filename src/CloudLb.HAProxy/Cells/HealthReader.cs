using System.Net.Sockets;
using System.Text;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Naming;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy.Cells;

/// <summary>
/// Keeps what is known of the members' health up to date: by what the processes tell, by asking them all now and then, and by first probes.
/// </summary>
internal sealed partial class HealthReader(
    CellMap cells, ProbeQueue probes, HAProxyDirectory directory, IOptions<HAProxyOptions> options, TimeProvider clock,
    ILogger<HealthReader> logger) : BackgroundService
{
    private const int LongestLine = 8192;
    private const int ReceiveBuffer = 1 << 20;
    private const int ProbesAtOnce = 128;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var socket = Listen();
        await Task.WhenAll(
            ReceiveAsync(socket, stoppingToken),
            PollAsync(stoppingToken),
            Parallel.ForEachAsync(probes.Unproven.ReadAllAsync(stoppingToken), Limited(ProbesAtOnce, stoppingToken), ProbeAsync),
            Parallel.ForEachAsync(probes.Looks.ReadAllAsync(stoppingToken), Limited(ProbesAtOnce, stoppingToken), LookAsync),
            Parallel.ForEachAsync(
                probes.Untold.ReadAllAsync(stoppingToken), Limited(Environment.ProcessorCount, stoppingToken), TellAsync));
    }

    private static ParallelOptions Limited(int atOnce, CancellationToken stoppingToken) =>
        new() { MaxDegreeOfParallelism = atOnce, CancellationToken = stoppingToken };

    private Socket Listen()
    {
        File.Delete(directory.HealthSocket);
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveBufferSize = ReceiveBuffer };
        socket.Bind(new UnixDomainSocketEndPoint(directory.HealthSocket));
        directory.AdmitToHealthSocket();
        return socket;
    }

    private async Task ReceiveAsync(Socket socket, CancellationToken stoppingToken)
    {
        var buffer = new byte[LongestLine];
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, stoppingToken);
            var line = Encoding.UTF8.GetString(buffer, 0, count);
            if (HealthEvent.TryParse(line, out var told) && ProxyName.TryParse(told.Member.Pool, out var loadBalancer, out _))
            {
                Log.Told(logger, told.Kind, told.Member);
                cells.Find(loadBalancer)?.Observe(told);
            }
        }
    }

    private async Task PollAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = PollPace.Of(options.Value.PollInterval, cells.All.Count);
            foreach (var cell in cells.All)
            {
                try
                {
                    await cell.PollAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.PollFailed(logger, exception, cell.Number);
                }
            }
        }
    }

    private async ValueTask ProbeAsync(WaitingProbe waiting, CancellationToken stoppingToken)
    {
        var (checks, name, member, probe) = waiting;
        var answer = await FirstProbe.MakeAsync(new(member.Address, probe.PortOf(member)), probe, clock, stoppingToken);
        if (answer.HasPassed)
        {
            checks.NotePass(name);
        }
        else
        {
            checks.NoteFailure(name, answer);
        }
    }

    private async ValueTask LookAsync(CertificateLook look, CancellationToken stoppingToken)
    {
        try
        {
            var seen = await look.SeeAsync(clock, stoppingToken);
            look.Proofs.Record(look, seen);
            foreach (var certificate in seen ?? [])
            {
                certificate.Dispose();
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // A certificate is whatever an instance makes of it; what cannot be understood is not accepted.
            Log.LookFailed(logger, exception, look.Of.Name);
            look.Proofs.Record(look, null);
        }
    }

    private async ValueTask TellAsync(int cell, CancellationToken stoppingToken)
    {
        try
        {
            await (cells.Numbered(cell)?.TellAsync(stoppingToken) ?? Task.CompletedTask);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Log.PollFailed(logger, exception, cell);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Debug, "Health: {Kind} {Member}")]
        public static partial void Told(ILogger logger, HealthEventKind kind, MemberName member);

        [LoggerMessage(6003, LogLevel.Warning, "The certificate of {Member} could not be understood")]
        public static partial void LookFailed(ILogger logger, Exception exception, MemberName member);

        [LoggerMessage(6002, LogLevel.Error, "Cell {Cell}: the health of its instances could not be taken up; it is looked at again")]
        public static partial void PollFailed(ILogger logger, Exception exception, int cell);
    }
}
