using System.Net;

namespace CloudLb.Tests.HAProxy;

/// <summary>Stickiness where clients speak TLS with the load balancer and it speaks TLS with the instances.</summary>
public sealed class SecureStickinessTests
{
    [Theory]
    [InlineData(60, "; path=/; Max-Age=60", "; path=/; Max-Age=60; Secure; SameSite=None")]
    [InlineData(null, "; path=/", "; path=/; Secure; SameSite=None")]
    public async Task The_load_balancer_cookies_of_an_HTTPS_listener_have_AWS_attributes(
        int? period, string attributes, string crossSiteAttributes)
    {
        await using var instances = await Instances.StartAsync(period, null);
        using var client = Client(out var cookies);
        using var answer = await client.GetAsync(instances.Url("/"), TestContext.Current.CancellationToken);
        var set = answer.Headers.GetValues("Set-Cookie").ToList();
        var value = set[0].Split('=', ';')[1];

        Assert.Equal([$"AWSELB={value}{attributes}", $"AWSELBCORS={value}{crossSiteAttributes}"], set);
        Assert.Equal("no-cache=\"set-cookie\"", string.Join(',', answer.Headers.GetValues("Cache-Control")));

        // The client sends both from now on, the second one because the connection is secure.
        Assert.Equal(2, cookies.GetCookies(instances.Url("/")).Count);
        var own = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(own, await InstancesAsync(client, instances));
        cookies.GetCookies(instances.Url("/"))["AWSELB"]!.Expired = true;
        Assert.Equal(own, await InstancesAsync(client, instances));
    }

    [Fact]
    public async Task An_application_cookie_is_followed_at_an_HTTPS_listener()
    {
        await using var instances = await Instances.StartAsync(null, "JSESSIONID");
        using var client = Client(out _);

        var own = await client.GetStringAsync(instances.Url("/login"), TestContext.Current.CancellationToken);

        Assert.Equal(own, await InstancesAsync(client, instances));
    }

    private static async Task<string> InstancesAsync(HttpClient client, Instances instances)
    {
        var ids = new SortedSet<string>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add(await client.GetStringAsync(instances.Url("/"), TestContext.Current.CancellationToken));
        }

        return string.Join(' ', ids);
    }

    private static HttpClient Client(out CookieContainer cookies)
    {
        cookies = new();
        var handler = new SocketsHttpHandler { CookieContainer = cookies, PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return new(handler) { Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Two secure instances behind an HTTPS listener.</summary>
    private sealed class Instances : IAsyncDisposable
    {
        private readonly List<IAsyncDisposable> _running = [];

        private Core.Traffic.Planning.PlannedLoadBalancer Web { get; set; } = null!;

        public static async Task<Instances> StartAsync(int? period, string? cookie)
        {
            var instances = new Instances();
            var first = await TestInstance.StartSecureAsync("i-1");
            var second = await TestInstance.StartSecureAsync("i-2");
            var running = await RunningDataPlane.StartAsync();
            instances._running.AddRange([running, first, second]);
            instances.Web = Plans.LoadBalancer("web", first.Planned(), second.Planned())
                .Checked(Plans.SecureProbe)
                .Sticky(Plans.Stickiness(period, cookie))
                .Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())));
            await running.ApplyAsync(instances.Web);
            await running.IsPassingAsync(instances.Web, "i-1", "i-2");
            return instances;
        }

        public Uri Url(string path) => new($"https://{Web.Address}:{Plans.Port}{path}");

        public async ValueTask DisposeAsync()
        {
            foreach (var each in _running)
            {
                await each.DisposeAsync();
            }
        }
    }
}
