using System.Diagnostics;
using CloudLb.HAProxy;

namespace CloudLb.Tests.HAProxy;

/// <summary>What HAProxy keeps of its proxies for scripts.</summary>
public sealed class ScriptTablesTests
{
    /// <summary>Ends the process before it serves anything, and with its exit code says what it has found.</summary>
    private const string Look = """
        core.register_init(function()
          os.exit((core.proxies or core.frontends or core.backends) and 17 or 16)
        end)
        """;

    private const int Found = 17, NotFound = 16;

    [Fact]
    public async Task Neither_the_state_of_a_thread_nor_that_of_all_keeps_tables_of_the_proxies()
    {
        await using var running = await RunningDataPlane.StartAsync();
        await running.ApplyAsync(Plans.LoadBalancer("web"));

        Assert.Equal(NotFound, await LookAsync(running, "lua-load"));
        Assert.Equal(NotFound, await LookAsync(running, "lua-load-per-thread"));
    }

    [Fact]
    public async Task Scripts_of_an_operator_find_them()
    {
        await using var running = await RunningDataPlane.StartAsync(null, (nameof(HAProxyOptions.GlobalText), "tune.lua.maxmem 100"));
        await running.ApplyAsync(Plans.LoadBalancer("web"));

        Assert.Equal(Found, await LookAsync(running, "lua-load"));
    }

    /// <summary>Starts HAProxy with the configuration of the running process and one more script.</summary>
    private static async Task<int> LookAsync(RunningDataPlane running, string load)
    {
        var token = TestContext.Current.CancellationToken;
        var (script, file) = (Path.GetTempFileName(), running.CellFile("look.cfg"));
        await File.WriteAllTextAsync(script, Look, token);
        var text = await File.ReadAllTextAsync(running.CellFile("haproxy.cfg"), token);
        await File.WriteAllTextAsync(
            file, text.Replace("\n\ndefaults base", $"\n  {load} '{script}'\n\ndefaults base", StringComparison.Ordinal), token);
        using var process = Process.Start(
            new ProcessStartInfo(HAProxyInstalled.Executable, ["-db", "-f", file]) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        File.Delete(script);
        return process.ExitCode;
    }
}
