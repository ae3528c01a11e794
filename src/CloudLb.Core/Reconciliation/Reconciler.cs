using CloudLb.Core.Planning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Core.Reconciliation;

/// <summary>Makes the data plane serve the plan: whenever something changed, and every resync interval whatever happens.</summary>
public sealed partial class Reconciler(
    IEnumerable<IPlanSource> sources, IDataPlane dataPlane, ChangeSignal changes, IOptions<ReconcilerOptions> options, TimeProvider clock,
    ILogger<Reconciler> logger) : BackgroundService
{
    private readonly TaskCompletionSource _firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));

    /// <summary>Ends when everything that was stored at start is served, as far as it can be.</summary>
    public Task FirstPass => _firstPass.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await dataPlane.ApplyAsync(TrafficPlan.Merge(sources), stoppingToken);
                _backoff.Reset();
                _firstPass.TrySetResult();
                await changes.WaitAsync(options.Value.ResyncInterval, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.PassFailed(logger, exception);
                await Task.Delay(_backoff.Next(), clock, stoppingToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4002, LogLevel.Error, "A reconcile pass failed; the plan applied before it stays in force")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
