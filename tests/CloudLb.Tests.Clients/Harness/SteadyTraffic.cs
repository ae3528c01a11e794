using System.Collections.Concurrent;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>
/// A client that asks for the same page again and again, a hundred times a second, and remembers every answer that was no 200.
/// </summary>
internal sealed class SteadyTraffic : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly Task _loop;
    private int _answered;

    public SteadyTraffic(Uri url) => _loop = RunAsync(url);

    public int Answered => Volatile.Read(ref _answered);

    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Waits until so many more requests were answered.</summary>
    public async Task MoreAsync(int count, CancellationToken cancellationToken)
    {
        var goal = Answered + count;
        await Wait.ForAsync(() => Task.FromResult(Answered), answered => answered >= goal, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(Uri url)
    {
        while (!_stop.IsCancellationRequested)
        {
            var (status, body) = await Traffic.GetAsync(url, CancellationToken.None);
            if (status != 200)
            {
                _failures.Enqueue($"{status} {body}");
            }

            Interlocked.Increment(ref _answered);
            await Task.Delay(Pause);
        }
    }
}
