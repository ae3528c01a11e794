using System.Net;
using CloudLb.Tests.Clients.Harness;
using Microsoft.AspNetCore.Http;

namespace CloudLb.Tests.Clients.Kit;

/// <summary>A CloudLb for tests: what it needs from nobody, and what it leaves behind.</summary>
public sealed class EphemeralTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_balances_traffic_and_leaves_nothing_when_it_is_stopped()
    {
        await using var backend = await Backend.StartAsync(Token);
        await using var server = await EphemeralServer.StartAsync(Token);
        await ServeAsync(server, backend);

        Assert.Equal(0, await server.StopAsync(Token));

        Assert.Empty(server.Remains());
    }

    [Fact]
    public async Task It_leaves_nothing_when_it_is_killed()
    {
        await using var backend = await Backend.StartAsync(Token);
        await using var server = await EphemeralServer.StartAsync(Token);
        await ServeAsync(server, backend);
        Assert.NotEmpty(server.Remains());

        server.Kill();

        await Wait.ForAsync(() => Task.FromResult(server.Remains()), remains => remains.Count == 0, Token);
    }

    [Fact]
    public async Task Several_that_start_at_once_and_a_lasting_one_share_no_address()
    {
        await using var lasting = await CloudLbProcess.StartAsync(Token);
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => EphemeralServer.StartAsync(Token)));
        try
        {
            var backends = await Task.WhenAll(servers.Select(_ => Backend.StartAsync(Token)));
            var addresses = await Task.WhenAll(servers.Zip(backends, ServeAsync));

            Assert.Distinct(addresses);
            Assert.Distinct(
                addresses.Select(address => IPAddress.Parse(address).GetAddressBytes()).Select(bytes => (bytes[1], bytes[2] / 64)));
            await Task.WhenAll(backends.Select(backend => backend.DisposeAsync().AsTask()));
        }
        finally
        {
            await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task A_data_directory_is_refused_and_nobody_else_s_is_touched()
    {
        Installed.HAProxyOrSkip();
        var directory = Directory.CreateTempSubdirectory("clb-").FullName;

        var ended = await ChildProcess.RunAsync(
            CloudLbProcess.Executable, ["serve", "--Ephemeral", $"--DataDirectory={directory}"], EphemeralServer.Environment, Token);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"CloudLb:DataDirectory is '{directory}', but", ended.Error, StringComparison.Ordinal);

        // It would have to be empty for this.
        Directory.Delete(directory);
    }

    [Fact]
    public async Task Ten_times_as_fast_an_instance_that_fails_every_half_minute_is_out_in_seconds()
    {
        await using var backend = await Backend.StartAsync(Token);
        await using var server = await EphemeralServer.StartAsync(Token, "--FastClocks");
        await ServeAsync(server, backend);
        await server.Api.CallAsync(
            $"Action=ConfigureHealthCheck&LoadBalancerName=web&HealthCheck.Target={Uri.EscapeDataString($"HTTP:{backend.Port}/health")}" +
            "&HealthCheck.Interval=31&HealthCheck.Timeout=30&HealthCheck.HealthyThreshold=2&HealthCheck.UnhealthyThreshold=2",
            Token);

        backend.HealthStatus = StatusCodes.Status500InternalServerError;

        // With AWS's clocks the second check that fails comes later than anybody waits for here.
        await server.Api.BecomesAsync("web", backend.Address, "OutOfService", Token);
        var described = await server.Api.CallAsync("Action=DescribeLoadBalancers&LoadBalancerNames.member.1=web", Token);
        Assert.Equal("31", described.Value("Interval"));
    }

    /// <summary>Makes a load balancer for the backend and waits until it answers there; returns its address.</summary>
    internal static async Task<string> ServeAsync(EphemeralServer server, Backend backend)
    {
        await server.Api.ServeAsync("web", backend, Token);
        var address = await server.AddressAsync("web", Token);
        using var client = new HttpClient();
        Assert.Equal(backend.Address, await client.GetStringAsync($"http://{address}:{Ports.Http}/", Token));
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(address)));
        return address;
    }
}
