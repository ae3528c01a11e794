using System.Collections.Concurrent;

namespace CloudLb.Tests.DataPlanes;

/// <summary>Clients that ask one address again and again, each as soon as it has its answer.</summary>
internal sealed class Traffic : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<string> _failures = [];
    private readonly Task _clients;
    private int _requests;

    private Traffic(Uri url, int clients, bool closesConnections, string? cookie, string? host) =>
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(() => AskAsync(url, closesConnections, cookie, host))));

    /// <param name="url">What they ask for.</param>
    /// <param name="clients">How many they are.</param>
    /// <param name="closesConnections">Whether each request has a connection of its own.</param>
    /// <param name="cookie">What all of them send as <c>Cookie</c>, whatever they are given.</param>
    /// <param name="host">What they send as <c>Host</c> instead of the address.</param>
    public static Traffic Start(Uri url, int clients, bool closesConnections, string? cookie = null, string? host = null) =>
        new(url, clients, closesConnections, cookie, host);

    public async Task<(int Requests, IReadOnlyCollection<string> Failures)> StopAsync()
    {
        await _stopping.CancelAsync();
        await _clients;
        return (_requests, _failures);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AskAsync(Uri url, bool closesConnections, string? cookie, string? host)
    {
        // A client of its own, so that nothing is sent again on another connection behind the test's back.
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.ConnectionClose = closesConnections;
        client.DefaultRequestHeaders.Host = host;
        client.DefaultRequestHeaders.Add("Cookie", cookie is null ? [] : [cookie]);
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
