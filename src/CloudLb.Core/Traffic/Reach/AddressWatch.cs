using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.Core.Traffic.Reach;

/// <summary>Looks at the addresses of load balancers that have several, every second.</summary>
public sealed partial class AddressWatch(AddressHealth health, ClockSpeed speed, TimeProvider clock, ILogger<AddressWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                health.Look(clock.GetSteadyTime(), speed.Of(Patience));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.LookFailed(logger, exception);
            }

            await Task.Delay(Interval, clock, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4321, LogLevel.Error, "Load balancers' addresses could not be judged; what was known of them stays in force")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
