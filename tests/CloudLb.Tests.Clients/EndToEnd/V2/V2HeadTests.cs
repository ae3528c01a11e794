using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>What attributes of load balancers and listeners do to heads, from the API to client and target.</summary>
public sealed class V2HeadTests(SharedServer server)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly V2Calls _calls = new(server.Api);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attributes_change_what_targets_and_clients_are_told()
    {
        await using var target = await Backend.StartAsync(Token);
        var (loadBalancer, listener) = await _calls.ServeAsync("v2-heads", target);
        await _calls.SetAsync(
            listener, ("routing.http.response.content_security_policy.header_value", "default-src 'self'; report-uri /100%"));
        await _calls.SetAsync(loadBalancer, ("routing.http.xff_header_processing.mode", "preserve"));
        var url = await server.Process.TrafficUrlAsync("v2-heads", Token);

        await Wait.ForAsync(
            () => AskAsync(url), answer => answer is { Policy: "default-src 'self'; report-uri /100%", Forwarded: "192.0.2.7" }, Token);

        await _calls.SetAsync(listener, ("routing.http.response.content_security_policy.header_value", ""));
        await _calls.SetAsync(loadBalancer, ("routing.http.xff_header_processing.mode", "append"));
        await Wait.ForAsync(
            () => AskAsync(url),
            answer => answer.Policy is null && answer.Forwarded?.StartsWith("192.0.2.7, ", StringComparison.Ordinal) == true, Token);
        await _calls.CallAsync($"Action=DeleteLoadBalancer&LoadBalancerArn={loadBalancer}");
    }

    private static async Task<(string? Policy, string? Forwarded)> AskAsync(Uri url)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "/forwarded"));
            request.Headers.Add("X-Forwarded-For", "192.0.2.7");
            using var response = await Http.SendAsync(request, Token);
            var told = await response.Content.ReadAsStringAsync(Token);
            return (response.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy.Single() : null, told.Split('|')[0]);
        }
        catch (HttpRequestException)
        {
            return default;
        }
    }
}
