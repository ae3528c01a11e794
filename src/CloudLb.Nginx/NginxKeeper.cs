using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.Nginx;

/// <summary>Has what runs follow the checks and brings back what has died, and ends or leaves it at the end.</summary>
/// <param name="dataPlane">What it looks after.</param>
/// <param name="lifetime">Whose life the processes share.</param>
/// <param name="clock">For the pauses.</param>
/// <param name="logger">For what it cannot do.</param>
internal sealed partial class NginxKeeper(
    NginxDataPlane dataPlane, NginxLifetime lifetime, TimeProvider clock, ILogger<NginxKeeper> logger) : BackgroundService
{
    // Checks are read from memory, and only of load balancers with listeners for datagrams. With many of those it is done less often, so
    // that it takes a tenth of a processor at most.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int Rest = 10;

    /// <summary>How often it looks at what has been carried, as HAProxy's processes are asked.</summary>
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (lifetime == NginxLifetime.Server)
        {
            try
            {
                await dataPlane.EndAsync(CancellationToken.None);
            }
            catch (NginxException exception)
            {
                Log.StopFailed(logger, exception);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var counted = clock.GetTimestamp();
        while (true)
        {
            var started = clock.GetTimestamp();
            try
            {
                await dataPlane.TendAsync(stoppingToken);
                if (clock.GetElapsedTime(counted) >= CountInterval)
                {
                    counted = clock.GetTimestamp();
                    await dataPlane.CountAsync(stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.TendingFailed(logger, exception);
            }

            var rest = clock.GetElapsedTime(started) * Rest;
            await Task.Delay(rest > Pause ? rest : Pause, clock, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5302, LogLevel.Error, "What carries UDP could not be looked after; it is tried again")]
        public static partial void TendingFailed(ILogger logger, Exception exception);

        [LoggerMessage(
            5303, LogLevel.Error, "What carries UDP could not be stopped as it should be; the next CloudLb finds what it has left")]
        public static partial void StopFailed(ILogger logger, Exception exception);
    }
}
