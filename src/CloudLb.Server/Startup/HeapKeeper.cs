using CloudLb.Core;
using CloudLb.Core.Traffic.Reconciliation;

namespace CloudLb.Server.Startup;

/// <summary>
/// Gives back the memory that a start, or many changes, have needed, once it is quiet: with 10,000 load balancers that is 135 of 335 MiB,
/// which the runtime keeps for the next time else, and what can be made again besides. A small CloudLb never comes to it.
/// </summary>
internal sealed class HeapKeeper(Reconciler reconciler, IEnumerable<ISpareMemory> spare, TimeProvider clock) : BackgroundService
{
    private const long MiB = 1024 * 1024;

    /// <summary>The heap of a CloudLb with a thousand load balancers, which is not worth a pause.</summary>
    private const long Usual = 96 * MiB;

    /// <summary>A heap that has grown by less is left alone: everything stands still for some 2 ms for each MiB that is in use.</summary>
    private const long Worth = 48 * MiB;

    /// <summary>Of a processor. At rest, 10,000 load balancers take a twentieth.</summary>
    private const double Quiet = 0.2;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Whether the heap is to be collected now.</summary>
    /// <param name="heap">Bytes that it takes.</param>
    /// <param name="left">Bytes that it took when it had last been collected here; 0 before that.</param>
    /// <param name="busy">Processor time that CloudLb has used since the last look.</param>
    /// <param name="since">How long ago that was.</param>
    public static bool IsTime(long heap, long left, TimeSpan busy, TimeSpan since) =>
        heap - Math.Max(left, Usual) > Worth && busy < since * Quiet;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // On a machine that is busy otherwise a start gets as little of a processor as one at rest uses, and is not over.
        await reconciler.FirstPass.WaitAsync(stoppingToken);
        var (left, used, at) = (0L, Environment.CpuUsage.TotalTime, clock.GetTimestamp());
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var (busy, since) = (Environment.CpuUsage.TotalTime - used, clock.GetElapsedTime(at));
            if (reconciler.CurrentPass is null && IsTime(GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes, left, busy, since))
            {
                foreach (var each in spare)
                {
                    await each.LetGoAsync(stoppingToken);
                }

                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                NativeHeap.GiveBack();
                left = GC.GetGCMemoryInfo(GCKind.FullBlocking).TotalCommittedBytes;
            }

            (used, at) = (Environment.CpuUsage.TotalTime, clock.GetTimestamp());
        }
    }
}
