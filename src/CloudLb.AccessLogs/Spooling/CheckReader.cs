using CloudLb.AccessLogs.Writing;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Status;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.AccessLogs.Spooling;

/// <summary>
/// Asks once in the interval of a pool's checks what the last one of each member came to, where that is logged: the data plane tells of its
/// own accord only what changes something.
/// </summary>
internal sealed partial class CheckReader(
    LoggedLoadBalancers loadBalancers, IEnumerable<ILoggedChecks> apis, ITrafficStatus status, WaitingLines lines, TimeProvider clock,
    ILogger<CheckReader> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private Dictionary<(LoadBalancerId, string), TimeSpan> _due = [];

    /// <summary>One look at the pools whose time has come.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        var next = new Dictionary<(LoadBalancerId, string), TimeSpan>();
        foreach (var loadBalancer in loadBalancers.WithChecks)
        {
            foreach (var pool in apis.SelectMany(api => api.PoolsOf(loadBalancer.Id)))
            {
                var now = clock.GetSteadyTime();
                var due = _due.GetValueOrDefault((loadBalancer.Id, pool.Pool), now);
                next[(loadBalancer.Id, pool.Pool)] = due > now ? due : now + pool.Interval;
                if (due <= now)
                {
                    await ReadAsync(loadBalancer, pool, cancellationToken);
                }
            }
        }

        _due = next;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PassAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PassFailed(logger, exception);
            }
        }
    }

    private async Task ReadAsync(LoggedLoadBalancer loadBalancer, LoggedPool pool, CancellationToken cancellationToken)
    {
        var answers = await status.ReadChecksAsync(loadBalancer.Id, pool.Pool, cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var (member, answer) in answers)
        {
            if (pool.Members.TryGetValue(member, out var target))
            {
                lines.Add(loadBalancer, now, HealthCheckLogLine.Of(now, pool, target, answer));
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7011, LogLevel.Warning, "What checks came to could not be read for the logs of load balancers; it is tried again")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
