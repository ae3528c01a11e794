using System.Net;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>A data plane with an address that load balancers share, two instances for them, and a client there.</summary>
internal sealed class FrontRig : IAsyncDisposable
{
    private FrontRig(RunningDataPlane running, TestInstance one, TestInstance two) => (Running, One, Two) = (running, one, two);

    /// <summary>Another one may take its place.</summary>
    public RunningDataPlane Running { get; set; }

    public TestInstance One { get; }

    public TestInstance Two { get; }

    public IPAddress Shared { get; } = Loopback.Next();

    public string FrontDirectory => Path.Combine(Running.Directory, "haproxy", "front");

    public static async Task<FrontRig> StartAsync() =>
        new(await RunningDataPlane.StartAsync(), await TestInstance.StartAsync("one"), await TestInstance.StartAsync("two"));

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }

    public PlannedLoadBalancer Web(string name, TestInstance instance, params string[] names) =>
        Plans.LoadBalancer(name, instance.Planned()).Checked(Plans.FastProbe).SharedAt(Shared, names);

    public async Task ApplyAsync(params PlannedLoadBalancer[] loadBalancers)
    {
        await Running.ApplyAsync(loadBalancers);
        foreach (var loadBalancer in loadBalancers)
        {
            await Running.IsPassingAsync(loadBalancer, [.. loadBalancer.Pools[0].Members.Select(member => member.Target)]);
        }
    }

    public int FrontProcess() => Assert.Single(ProcessList.Under(FrontDirectory));

    public Uri Url(string host, string path = "/") => new($"http://{Shared}:{Plans.Port}{path}?{host}");

    public async Task<HttpResponseMessage> SendAsync(string host, string path = "/")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(host, path));
        request.Headers.Host = host;
        return await TestRequests.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<string> GetAsync(string host, string path = "/")
    {
        using var response = await SendAsync(host, path);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> StatusAsync(string host)
    {
        using var response = await SendAsync(host);
        return (int)response.StatusCode;
    }

    public async Task<string?> TryGetAsync(string host)
    {
        try
        {
            return await GetAsync(host);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
