using System.Net;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Kit;

/// <summary>How a server for tests is emptied, and who may not do that.</summary>
public sealed class ResetTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new();

    private EphemeralServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await EphemeralServer.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task All_that_was_made_is_gone_and_its_traffic_has_ended_and_the_next_begins_like_the_first()
    {
        await using var backend = await Backend.StartAsync(Token);
        var address = await EphemeralTests.ServeAsync(_server, backend);
        var identity = new ElbApi(_server.Url, EphemeralServer.Owner, service: "iam");
        var made = await identity.SendAsync("Action=CreateAccessKey&Version=2010-05-08", Token);
        var key = new Account(EphemeralServer.Owner.Id, made.Value("AccessKeyId")!, made.Value("SecretAccessKey")!);
        await new ElbApi(_server.Url, key).CallAsync("Action=DescribeLoadBalancers", Token);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync("test")).StatusCode);

        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetStringAsync($"http://{address}:{Ports.Http}/", Token));
        Assert.Empty((await _server.Api.CallAsync("Action=DescribeLoadBalancers", Token)).Values("LoadBalancerName"));
        Assert.Equal(403, (await new ElbApi(_server.Url, key).SendAsync("Action=DescribeLoadBalancers&Version=2012-06-01", Token)).Status);
        await EphemeralTests.ServeAsync(_server, backend);

        var again = await _server.CommandAsync(Token, "reset");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Empty((await _server.Api.CallAsync("Action=DescribeLoadBalancers", Token)).Values("LoadBalancerName"));
    }

    [Fact]
    public async Task Neither_a_web_page_nor_whoever_does_not_know_the_secret_resets_it()
    {
        await _server.Api.CreateWebAsync("stays", 8000, Token);

        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(secret: null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("guess")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("test", ("Origin", "http://127.0.0.1"))).StatusCode);
        using var preflight = await SendAsync(
            HttpMethod.Options, "test", ("Origin", "http://evil.example"), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, preflight.StatusCode);
        Assert.DoesNotContain(preflight.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        using var asked = await SendAsync(HttpMethod.Get, "test");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, asked.StatusCode);

        Assert.Equal(["stays"], (await _server.Api.CallAsync("Action=DescribeLoadBalancers", Token)).Values("LoadBalancerName"));
    }

    [Fact]
    public async Task A_server_that_keeps_what_it_has_knows_no_reset()
    {
        await using var lasting = await CloudLbProcess.StartAsync(Token);
        await new ElbApi(lasting.Url).CreateWebAsync("stays", 8000, Token);

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(lasting.Url, "/_cloudlb/reset"));
        request.Headers.Add("X-CloudLb-Secret", Account.First.SecretAccessKey);
        using var answer = await Http.SendAsync(request, Token);
        var command = await lasting.CommandAsync(Token, "reset");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal((1, true), (command.ExitCode, command.Error.Contains("--Ephemeral", StringComparison.Ordinal)));
        Assert.Equal(
            ["stays"], (await new ElbApi(lasting.Url).CallAsync("Action=DescribeLoadBalancers", Token)).Values("LoadBalancerName"));
    }

    private Task<HttpResponseMessage> PostAsync(string? secret, params IReadOnlyList<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Post, secret, headers);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string? secret, params IReadOnlyList<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server.Url, "/_cloudlb/reset"));
        if (secret is not null)
        {
            request.Headers.Add("X-CloudLb-Secret", secret);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await Http.SendAsync(request, Token);
    }
}
