using System.Diagnostics;
using System.Net;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>An address that the machine loses while a load balancer listens there. Taking one away needs root.</summary>
public sealed class AbsentAddressTests : IAsyncLifetime
{
    private static readonly IPAddress First = IPAddress.Parse("198.51.100.71"), Second = IPAddress.Parse("198.51.100.72");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Assert.SkipUnless(await ChangeAsync("add", First) == 0 && await ChangeAsync("add", Second) == 0, "no address can be added");
    }

    public async ValueTask DisposeAsync()
    {
        await ChangeAsync("del", First);
        await ChangeAsync("del", Second);
    }

    [Fact]
    public async Task It_is_told_and_served_again_when_it_is_back()
    {
        var clock = new TestClock();
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(clock);
        var one = Plans.LoadBalancer("one", First, instance.Planned());
        var two = Plans.LoadBalancer("two", instance.Planned());
        var kept = two.Address;
        two = two with { Addresses = [kept, Second] };
        await running.ApplyAsync(one, two);
        await running.IsPassingAsync(one, "i-1");
        Assert.Equal("i-1", await TestRequests.GetAsync(one.Url()));

        await ChangeAsync("del", First);
        await ChangeAsync("del", Second);
        clock.StopAt(clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        clock.GoOn();
        await Eventually.IsTrueAsync(() => running.DataPlane.Faults.Count == 2, "both are told");

        const string Advice = "is not an address of this machine; add it to a network interface (ip address add).";
        Assert.Equal($"{First} {Advice}", running.DataPlane.WhyNotServed(one.Id));
        Assert.Null(running.DataPlane.WhyNotServed(two.Id));
        Assert.Equal($"{Second} {Advice}", running.DataPlane.WhyNotAt(two.Id, Second));
        Assert.Null(running.DataPlane.WhyNotAt(two.Id, kept));
        Assert.Contains(running.Log.Lines, line => line.Contains($"what is sent to {First} is not served", StringComparison.Ordinal));

        // What is changed meanwhile, and a hand-over, leave its sockets to it.
        await running.ApplyAsync(one, two, Plans.LoadBalancer("three"));
        await ChangeAsync("add", First);
        await ChangeAsync("add", Second);
        Assert.Equal("i-1", await TestRequests.GetAsync(one.Url()));
        await Eventually.IsTrueAsync(() => running.DataPlane.Faults.Count == 0, "nothing is told any more");
        Assert.Null(running.DataPlane.WhyNotServed(one.Id));
    }

    private static async Task<int> ChangeAsync(string how, IPAddress address)
    {
        using var process = Process.Start(
            new ProcessStartInfo("ip", ["address", how, $"{address}/32", "dev", "lo"]) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
