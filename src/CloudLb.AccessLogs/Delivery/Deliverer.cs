using System.Collections.Concurrent;
using CloudLb.AccessLogs.Spooling;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core;
using CloudLb.Core.Traffic.Reconciliation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>Puts what is complete into its buckets, the oldest first, and keeps trying: a store may be away for hours.</summary>
internal sealed partial class Deliverer(
    Spooler spooler, IBucketStore store, TimeProvider clock, ILogger<Deliverer> logger) : BackgroundService
{
    private const int BucketsAtOnce = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Buckets that failed, and when by the steady time they are tried again.</summary>
    private readonly ConcurrentDictionary<string, (Backoff Backoff, TimeSpan At)> _failing = new();

    /// <summary>Delivers what can be delivered now.</summary>
    public Task PassAsync(CancellationToken cancellationToken) => Parallel.ForEachAsync(
        spooler.Ready.Where(file => !file.IsGone).GroupBy(file => file.Header.Bucket),
        new ParallelOptions { MaxDegreeOfParallelism = BucketsAtOnce, CancellationToken = cancellationToken },
        async (bucket, token) => await DeliverAsync(bucket.Key, bucket.OrderBy(file => file.Header.End), token));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await PassAsync(stoppingToken);
        }
    }

    private async Task DeliverAsync(string bucket, IEnumerable<SpoolFile> files, CancellationToken cancellationToken)
    {
        if (_failing.TryGetValue(bucket, out var failing) && clock.GetSteadyTime() < failing.At)
        {
            return;
        }

        try
        {
            foreach (var file in files)
            {
                await DeliverAsync(file, cancellationToken);
            }

            if (_failing.TryRemove(bucket, out _))
            {
                Log.Recovered(logger, bucket);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (failing.Backoff is null)
            {
                Log.Failed(logger, bucket, exception.Message);
            }

            var backoff = failing.Backoff ?? new Backoff(Pause, LongestWait);
            _failing[bucket] = (backoff, clock.GetSteadyTime() + backoff.Next());
        }
    }

    private async Task DeliverAsync(SpoolFile file, CancellationToken cancellationToken)
    {
        FileStream content;
        try
        {
            content = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            // Delivered under another reading of the spool, or given up.
            file.IsGone = true;
            return;
        }

        await using (content)
        {
            await using var lines = new TailStream(content, file.HeaderLength);
            if (file.Header.Key.EndsWith(ObjectName.Compressed, StringComparison.Ordinal))
            {
                await using var compressed = await CompressedLines.OfAsync(lines, file.Path, cancellationToken);
                await store.PutAsync(file.Header.Bucket, file.Header.Key, compressed, cancellationToken);
            }
            else
            {
                await store.PutAsync(file.Header.Bucket, file.Header.Key, lines, cancellationToken);
            }
        }

        File.Delete(file.Path);
        file.IsGone = true;
        Log.Delivered(logger, file.Header.Bucket, file.Header.Key, file.Length - file.HeaderLength);
    }

    private static partial class Log
    {
        [LoggerMessage(7007, LogLevel.Information, "Access log delivered: {Bucket}/{Key}, {Bytes} bytes")]
        public static partial void Delivered(ILogger logger, string bucket, string key, long bytes);

        [LoggerMessage(
            7008, LogLevel.Error,
            "Access logs cannot be delivered to the bucket {Bucket}; they are kept, and it is tried again until it works: {Reason}")]
        public static partial void Failed(ILogger logger, string bucket, string reason);

        [LoggerMessage(7009, LogLevel.Warning, "Access logs are delivered to the bucket {Bucket} again")]
        public static partial void Recovered(ILogger logger, string bucket);
    }
}
