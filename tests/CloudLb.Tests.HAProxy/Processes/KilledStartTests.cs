using CloudLb.HAProxy;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>A start that is killed when its process has gone to the background already, and accepts connections.</summary>
public sealed class KilledStartTests
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task Leaves_no_process_that_takes_connections_and_keeps_ports()
    {
        var token = TestContext.Current.CancellationToken;
        await using var instance = await TestInstance.StartAsync("i-1");
        var folder = Directory.CreateTempSubdirectory("cloudlb-killed-").FullName;
        var (script, trap) = (Path.Combine(folder, "haproxy"), Path.Combine(folder, "trap"));
        await File.WriteAllTextAsync(
            script,
            $$"""
            #!/bin/sh
            [ "$1" = -D ] && [ -e {{trap}} ] || exec {{HAProxyInstalled.Executable}} "$@"
            {{HAProxyInstalled.Executable}} "$@"
            kill -KILL $$
            """,
            token);
        File.SetUnixFileMode(script, Mine);
        await using var running = await RunningDataPlane.StartAsync(null, (nameof(HAProxyOptions.Path), script));
        var web = Plans.LoadBalancer("web", instance.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var before = running.ProcessId;

        await File.WriteAllTextAsync(trap, "", token);
        var shop = Plans.LoadBalancer("shop", instance.Planned());
        await running.TryApplyAsync(web, shop);
        Assert.Equal([before], ProcessList.Under(running.Directory));
        Assert.Contains(
            running.DataPlane.Faults,
            fault => fault.Reason.StartsWith("HAProxy was killed while it started", StringComparison.Ordinal));

        File.Delete(trap);
        await running.ApplyAsync(web, shop);
        Assert.Empty(running.DataPlane.Faults);
        await running.IsPassingAsync(shop, "i-1");
        Assert.StartsWith("HTTP/1.1 200 ", await RawClient.GetAsync(shop));
        Directory.Delete(folder, recursive: true);
    }
}
