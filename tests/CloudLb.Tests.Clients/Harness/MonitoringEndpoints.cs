namespace CloudLb.Tests.Clients.Harness;

/// <summary>What a monitor asks a server for: <c>/metrics</c>, <c>/health</c> and <c>/ready</c>.</summary>
internal static class MonitoringEndpoints
{
    public static readonly HttpClient Http = new();

    public static async Task<Exposition> MetricsAsync(Uri server, CancellationToken cancellationToken)
    {
        var (status, text) = await GetAsync(server, "/metrics", cancellationToken);
        Assert.Equal(200, status);
        return Exposition.Parse(text);
    }

    public static async Task<(int Status, string Text)> GetAsync(Uri server, string path, CancellationToken cancellationToken)
    {
        using var response = await Http.GetAsync(new Uri(server, path), cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public static async Task IsAsync(Uri server, string path, int status, string text, CancellationToken cancellationToken) =>
        await Wait.ForAsync(() => GetAsync(server, path, cancellationToken), answer => answer == (status, text), cancellationToken);
}
