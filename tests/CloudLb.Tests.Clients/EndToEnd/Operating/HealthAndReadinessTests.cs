using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;
using static CloudLb.Tests.Clients.Harness.MonitoringEndpoints;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>What <c>/health</c> and <c>/ready</c> tell of the real server when something fails.</summary>
public sealed class HealthAndReadinessTests
{
    [Fact]
    public async Task Ready_tells_of_a_process_that_hangs_and_of_one_that_cannot_be_started_again()
    {
        var token = TestContext.Current.CancellationToken;
        var link = Path.Combine(Directory.CreateTempSubdirectory("clb-path-").FullName, "haproxy");
        File.CreateSymbolicLink(link, Path.Combine("/usr/sbin", Installed.HAProxy));
        await using var server = await CloudLbProcess.StartAsync(token, ("HAProxy:CommandTimeout", "00:05:00"), ("HAProxy:Path", link));
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        await Wait.ForAsync(() => MetricsAsync(server.Url, token), metrics => metrics.Sum("cloudlb_haproxy_up") == 1, token);
        await IsAsync(server.Url, "/ready", 200, "OK\n", token);
        await IsAsync(server.Url, "/health", 200, "OK\n", token);
        var process = Assert.Single(
            await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, token));

        await ChildProcess.RunAsync("kill", ["-STOP", $"{process}"], [], token);
        await IsAsync(server.Url, "/ready", 503, "Cell 1 has no HAProxy process that answers.\n", token);
        await ChildProcess.RunAsync("kill", ["-CONT", $"{process}"], [], token);
        await IsAsync(server.Url, "/ready", 200, "OK\n", token);

        File.Delete(link);
        CloudLbProcess.Kill(process);
        var (status, text) = await Wait.ForAsync(
            () => GetAsync(server.Url, "/ready", token),
            answer => answer.Text.Contains("The last reconcile pass failed", StringComparison.Ordinal), token);
        Assert.Equal((503, true), (status, text.Contains("Cell 1 has no HAProxy process that answers.\n", StringComparison.Ordinal)));
        Assert.Equal(1, (await MetricsAsync(server.Url, token)).Sum("cloudlb_reconciler_pass_failed"));
        await IsAsync(server.Url, "/health", 200, "OK\n", token);
        File.CreateSymbolicLink(link, Path.Combine("/usr/sbin", Installed.HAProxy));
        await IsAsync(server.Url, "/ready", 200, "OK\n", token);
        Directory.Delete(Path.GetDirectoryName(link)!, recursive: true);
    }

    [Fact]
    public async Task Health_tells_of_a_database_that_cannot_be_written()
    {
        const string Hold = """
            import sqlite3, sys
            held = sqlite3.connect(sys.argv[1], isolation_level=None)
            held.execute('begin immediate')
            print('held', flush=True)
            sys.stdin.read()
            """;
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token, ("Storage:BusyTimeout", "00:00:01"));
        await IsAsync(server.Url, "/health", 200, "OK\n", token);
        using var holder = Process.Start(new ProcessStartInfo("python3", ["-c", Hold, Path.Combine(server.DataDirectory, "cloudlb.db")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync(token));

        var (_, text) = await Wait.ForAsync(() => GetAsync(server.Url, "/health", token), answer => answer.Status == 503, token);
        Assert.Contains("cannot be written: another program has locked the database.", text, StringComparison.Ordinal);
        await IsAsync(server.Url, "/ready", 200, "OK\n", token);
        holder.StandardInput.Close();
        await holder.WaitForExitAsync(token);
        await IsAsync(server.Url, "/health", 200, "OK\n", token);
    }
}
