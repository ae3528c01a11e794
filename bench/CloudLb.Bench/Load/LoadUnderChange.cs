using System.Diagnostics;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Load;

/// <summary>Counts the requests that fail at two listeners while changes are made.</summary>
internal static class LoadUnderChange
{
    /// <summary>Kept-alive connections, and as many with a new one for each request, at each listener.</summary>
    public const int ConnectionsEach = 2;

    /// <summary>A row of results.</summary>
    /// <param name="workplace">Of the run.</param>
    /// <param name="server">What changes.</param>
    /// <param name="listeners">The one that changes and another.</param>
    /// <param name="what">The row's name.</param>
    /// <param name="count">How many changes it will be.</param>
    /// <param name="change">Makes them.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<string[]> MeasureAsync(
        Workplace workplace, CloudLbProcess server, IReadOnlyList<Uri> listeners, string what, int count,
        Func<Task> change, CancellationToken cancellationToken)
    {
        var loads = new List<SteadyLoad>();
        try
        {
            foreach (var listener in listeners)
            {
                loads.Add(await SteadyLoad.StartAsync(workplace, listener, ConnectionsEach, closes: false, cancellationToken));
                loads.Add(await SteadyLoad.StartAsync(workplace, listener, ConnectionsEach, closes: true, cancellationToken));
            }

            var generation = server.Generation();
            var watch = Stopwatch.StartNew();
            await change();
            var seconds = watch.Elapsed.TotalSeconds;
            var handOvers = server.Generation() - generation;
            var results = new List<(long Requests, long Failures)>();
            foreach (var load in loads)
            {
                results.Add(await load.StopAsync(cancellationToken));
            }

            return
            [
                what, Figures.Whole(count), Figures.Fine(seconds), Figures.Whole(results[0].Requests + results[1].Requests),
                Figures.Whole(results[2].Requests + results[3].Requests),
                Figures.Whole(results[0].Failures + results[1].Failures), Figures.Whole(results[2].Failures + results[3].Failures),
                Figures.Whole(handOvers),
            ];
        }
        finally
        {
            loads.ForEach(load => load.Dispose());
        }
    }
}
