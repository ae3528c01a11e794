using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy.Front;

/// <summary>Looks every few seconds whether the process at shared addresses is alive and not only there.</summary>
internal sealed class FrontWatch(FrontKeeper front, IOptions<HAProxyOptions> options, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await front.LookAsync(stoppingToken);
        }
    }
}
