using System.Diagnostics;
using CloudLb.HAProxy.Process;
using CloudLb.HAProxy.Runtime;

namespace CloudLb.Tests.HAProxy;

/// <summary>What differs between the versions of HAProxy, and what must not.</summary>
public sealed class VersionTests
{
    [Theory]
    [InlineData(1, "[ALERT] (17) : config : [probe.cfg:3] : 'server probe/name' : unknown keyword 'no-sni-auto'.\n", false)]
    [InlineData(0, "Warnings were found.\nConfiguration file is valid\n", true)]
    [InlineData(1, "[ALERT] (17) : Cannot open configuration file/directory probe.cfg : Permission denied", false)]
    [InlineData(127, "", false)]
    public void What_HAProxy_says_of_the_probe_is_read(int exitCode, string text, bool host) =>
        Assert.Equal(new HAProxyCapabilities { TellsHostInHandshake = host }, HAProxyCapabilities.Read(exitCode, text));

    [Fact]
    public async Task HAProxy_has_nothing_to_say_of_the_probe_but_what_it_does_not_know()
    {
        HAProxyInstalled.OrSkip();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, HAProxyCapabilities.Probe, TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(HAProxyInstalled.Executable, ["-c", "-f", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.All(
            said.Split('\n').Where(line => line.StartsWith("[ALERT]", StringComparison.Ordinal)),
            line => Assert.Matches("unknown keyword '|Error\\(s\\) found|Fatal errors found", line));
        File.Delete(file);
    }

    [Theory]
    [InlineData("# bkname/svname bkid/svid addr port - purge_delay used_cur used_max need_est unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[2]\na:b/i-1 3/1 10.0.0.5 80 - 5000 0 1 1 7 7 -1 2 1 1")]
    [InlineData("# bkname/svname bkid/svid addr port - purge_delay served used_cur used_max need_est idle_sess unsafe_nb safe_nb idle_lim idle_cur idle_per_thr[2]\na:b/i-1 3/1 10.0.0.5 80 - 5000 0 0 1 1 0 7 7 -1 2 1 1")]
    public void Idle_connections_are_found_by_the_heading(string text)
    {
        Assert.Equal(("10.0.0.5", 80, 2), ServerConnections.Read(text, new("a:b", "i-1")) is { } read ? (read.Address.ToString(), read.Port, read.Idle) : default);
        Assert.Null(ServerConnections.Read(text, new("a:b", "i-2")));
        Assert.Null(ServerConnections.Read("No such backend.", new("a:b", "i-1")));
    }
}
