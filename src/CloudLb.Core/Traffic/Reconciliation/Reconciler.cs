using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Planning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Core.Traffic.Reconciliation;

/// <summary>Makes the data plane serve the plan: whenever something changed, and every resync interval whatever happens.</summary>
public sealed partial class Reconciler(
    IEnumerable<IPlanSource> sources, IDataPlane dataPlane, ChangeSignal changes, IOptions<ReconcilerOptions> options, TimeProvider clock,
    ILogger<Reconciler> logger, ReconcilerMetrics? metrics = null, IStoreTrust? trust = null, CertificateContents? certificates = null)
    : BackgroundService
{
    private readonly TaskCompletionSource _firstPass = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
    private long _passStarted;
    private volatile string? _lastFailure;
    private long? _changedSince;
    private readonly List<TaskCompletionSource> _waiting = [];
    private TaskCompletionSource? _asked;

    /// <summary>Ends when everything that was stored at start is served, as far as it can be.</summary>
    public Task FirstPass => _firstPass.Task;

    /// <summary>How long the pass that is under way has been; null between passes. Safe to read at any time.</summary>
    public TimeSpan? CurrentPass => Interlocked.Read(ref _passStarted) is > 0 and var started ? clock.GetElapsedTime(started) : null;

    /// <summary>What ended the last pass; null when it has applied the plan. Safe to read at any time.</summary>
    public string? LastFailure => _lastFailure;

    /// <summary>
    /// Ends when a pass that begins from now on has applied the whole plan. Nothing but the change signal makes one begin.
    /// </summary>
    public Task NextPass
    {
        get
        {
            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _asked, made, null) ?? made).Task;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await PassAsync(stoppingToken);
                _backoff.Reset();
                _firstPass.TrySetResult();
                await changes.WaitAsync(options.Value.ResyncInterval, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                _lastFailure = exception.Message;
                Log.PassFailed(logger, exception);
                await Task.Delay(_backoff.Next(), clock, stoppingToken);
            }
        }
    }

    private async Task PassAsync(CancellationToken stoppingToken)
    {
        var started = clock.GetTimestamp();
        Interlocked.Exchange(ref _passStarted, started);

        // What is raised from here on may or may not be in the plan: it counts for the next pass.
        var raised = changes.TakeSince();
        _changedSince ??= raised;
        if (Interlocked.Exchange(ref _asked, null) is { } asked)
        {
            _waiting.Add(asked);
        }

        var isApplied = false;
        try
        {
            if (trust is not { IsInDoubt: true } || !await dataPlane.KeepAsync(stoppingToken))
            {
                var plan = TrafficPlan.Merge(sources);
                await dataPlane.ApplyAsync(certificates?.NamedIn(plan) ?? plan, stoppingToken);
            }

            isApplied = true;
        }
        finally
        {
            Interlocked.Exchange(ref _passStarted, 0);
            metrics?.Passed(isApplied, clock.GetElapsedTime(started));
        }

        _lastFailure = null;
        if (!dataPlane.IsBehind)
        {
            if (_changedSince is { } since)
            {
                metrics?.Applied(clock.GetElapsedTime(since));
            }

            _changedSince = null;
            _waiting.ForEach(waiting => waiting.TrySetResult());
            _waiting.Clear();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4002, LogLevel.Error, "A reconcile pass failed; the plan applied before it stays in force")]
        public static partial void PassFailed(ILogger logger, Exception exception);
    }
}
