using System.Net;

namespace CloudLb.Tests.Clients.Gates;

/// <summary>A client that keeps cookies as browsers do and follows a redirect when it is told to.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser() => _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, CookieContainer = Cookies,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public CookieContainer Cookies { get; } = new();

    public void Dispose() => _http.Dispose();

    public async Task<Seen> GetAsync(Uri url, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(request);
    }

    public async Task<Seen> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request, Token);
        return new(
            (int)response.StatusCode, response.Headers.Location is { } location ? new(request.RequestUri!, location) : null,
            await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Asks for something and is sent to the provider; the address at which it comes back.</summary>
    public async Task<Uri> ComeBackAsync(Uri url)
    {
        var sent = await GetAsync(url);
        Assert.Equal(302, sent.Status);
        var back = await GetAsync(sent.Location!);
        Assert.Equal(302, back.Status);
        return back.Location!;
    }

    /// <summary>An answer.</summary>
    public sealed record Seen(int Status, Uri? Location, string Body);
}
