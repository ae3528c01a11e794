using System.Diagnostics;

namespace CloudLb.Tests.Clients.Kit;

/// <summary>
/// A CloudLb of a test class's own (IClassFixture), or of a whole assembly's (AssemblyFixture). Clients sign with "test" and "test".
/// </summary>
public class CloudLbFixture : IAsyncLifetime
{
    private const string Ready = "CloudLb is ready at ";

    private static readonly HttpClient Http = new();

    private Process? _server;

    public Uri Url { get; private set; } = null!;

    protected virtual ProcessStartInfo Start => new("cloudlb", ["serve", "--Ephemeral", "--FastClocks"]);

    public async ValueTask InitializeAsync()
    {
        var start = Start;
        start.RedirectStandardOutput = true;
        _server = Process.Start(start)!;
        while (await _server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                Url = new(line[Ready.Length..]);
                return;
            }
        }

        throw new InvalidOperationException("cloudlb has ended before it was ready; what it said stands on standard error.");
    }

    /// <summary>Removes everything: for the beginning of each test.</summary>
    public async Task ResetAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Url, "/_cloudlb/reset"));
        request.Headers.Add("X-CloudLb-Secret", "test");
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            // Killed, it is cleaned up after: there is no need to wait for an orderly end.
            _server.Kill();
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        GC.SuppressFinalize(this);
    }
}
