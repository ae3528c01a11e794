using CloudLb.Core;
using CloudLb.HAProxy.Cells;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Front;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy;

/// <summary>Finds the cells at start, ends or leaves them at the end, and looks after what drains in between.</summary>
internal sealed partial class CellKeeper(
    HAProxyDataPlane dataPlane, CellMap cells, FrontKeeper front, HAProxyBinary binary, HAProxyDirectory directory,
    IOptions<HAProxyOptions> options, HAProxyTemplates templates, TimeProvider clock,
    ILogger<CellKeeper> logger) : BackgroundService
{
    // At rest only the death of a process is looked for; what drains ends within a second of its limit either way.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseAtRest = TimeSpan.FromMilliseconds(500);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Found(logger, await binary.CheckAsync(cancellationToken));
        TellRights();
        await templates.ApplyAsync(cancellationToken);
        await dataPlane.AdoptAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var isLeft = options.Value.Mode != HAProxyMode.Child;
        var began = clock.GetTimestamp();
        TimeSpan Left() => options.Value.StopTimeout - clock.GetElapsedTime(began);

        // The front first, as what it has under way is under way in the cells. These end at the same time, so that none waits for another.
        await front.StopAsync(isLeft, Left());
        await Task.WhenAll(cells.All.Select(async cell =>
        {
            try
            {
                await (isLeft ? cell.LeaveAsync(CancellationToken.None) : cell.StopAsync(Left(), CancellationToken.None));
            }
            catch (Exception exception)
            {
                // A full disk, for one. What one cell cannot write down keeps no other from its end.
                Log.StopFailed(logger, exception, cell.Number);
            }
        }));
    }

    /// <summary>What is not as private as it could be.</summary>
    private void TellRights()
    {
        if (Environment.IsPrivilegedProcess && directory.User is null)
        {
            Log.StaysRoot(logger);
        }

        if (MemoryDirectory.Root is null)
        {
            Log.KeysOnDisk(logger);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var cell in cells.All)
            {
                try
                {
                    await cell.TendAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.TendingFailed(logger, exception, cell.Number);
                }
            }

            var pause = cells.All.Any(cell => cell.IsUnderWay) ? Pause : PauseAtRest;
            if (timer.Period != pause)
            {
                timer.Period = pause;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5010, LogLevel.Information, "HAProxy {Version} moves the traffic")]
        public static partial void Found(ILogger logger, Version version);

        [LoggerMessage(5018, LogLevel.Warning,
            "HAProxy stays root, as CloudLb is; make a user haproxy, or name one with CloudLb:HAProxy:User, for it to become that one")]
        public static partial void StaysRoot(ILogger logger);

        [LoggerMessage(5019, LogLevel.Warning,
            "Neither /run nor /dev/shm is in memory and can be written to, so the private keys of listeners lie on the disk in plain text")]
        public static partial void KeysOnDisk(ILogger logger);

        [LoggerMessage(5016, LogLevel.Error, "Cell {Cell} could not be stopped as it should be; the next CloudLb finds what it has left")]
        public static partial void StopFailed(ILogger logger, Exception exception, int cell);

        [LoggerMessage(5012, LogLevel.Error, "Cell {Cell}: what drains there could not be looked after; it is tried again")]
        public static partial void TendingFailed(ILogger logger, Exception exception, int cell);
    }
}
