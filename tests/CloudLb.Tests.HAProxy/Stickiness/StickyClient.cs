using System.Net;

namespace CloudLb.Tests.HAProxy;

/// <summary>A client that keeps cookies, as a browser does.</summary>
internal sealed class StickyClient : IDisposable
{
    private readonly HttpClient _client;

    public StickyClient() =>
        _client = new(
            new SocketsHttpHandler { CookieContainer = Cookies, PooledConnectionLifetime = TimeSpan.Zero })
            {
                Timeout = TimeSpan.FromSeconds(60),
            };

    public CookieContainer Cookies { get; } = new();

    public Task<string> GetAsync(Uri url) => _client.GetStringAsync(url, TestContext.Current.CancellationToken);

    /// <summary>Which instances answered that many requests.</summary>
    public async Task<string> InstancesAsync(Uri url, int requests = 8)
    {
        var ids = new SortedSet<string>();
        for (var i = 0; i < requests; i++)
        {
            ids.Add(await GetAsync(url));
        }

        return string.Join(' ', ids);
    }

    public void Dispose() => _client.Dispose();
}
