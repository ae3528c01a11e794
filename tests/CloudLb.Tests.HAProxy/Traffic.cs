using System.Collections.Concurrent;

namespace CloudLb.Tests.HAProxy;

/// <summary>Clients that ask one address again and again, each as soon as it has its answer.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<string> _failures = [];
    private readonly Task _clients;
    private int _requests;

    private Traffic(Uri url, int clients, bool closesConnections) =>
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => AskAsync(url, closesConnections))));

    public static Traffic Start(Uri url, int clients, bool closesConnections) => new(url, clients, closesConnections);

    public async Task<(int Requests, IReadOnlyCollection<string> Failures)> StopAsync()
    {
        await _stopping.CancelAsync();
        await _clients;
        return (_requests, _failures);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AskAsync(Uri url, bool closesConnections)
    {
        // A client of its own, so that nothing is sent again on another connection behind the test's back.
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.ConnectionClose = closesConnections;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                using var response = await client.GetAsync(url);
                if (!response.IsSuccessStatusCode)
                {
                    _failures.Add($"{(int)response.StatusCode} {response.ReasonPhrase}");
                }
            }
            catch (HttpRequestException exception)
            {
                _failures.Add(exception.Message);
            }

            Interlocked.Increment(ref _requests);
        }
    }
}
