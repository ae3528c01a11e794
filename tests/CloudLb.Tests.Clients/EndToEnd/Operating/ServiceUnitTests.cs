using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>The systemd unit that is shipped, judged and tried without a system that runs it.</summary>
public sealed class ServiceUnitTests
{
    private const string Tool = "/usr/bin/systemd-analyze";

    /// <summary>In tenths; a unit without any protection has 96.</summary>
    private const int MostExposed = 30;

    /// <summary>CAP_NET_BIND_SERVICE alone, as a process's status has it.</summary>
    private const string PortsAlone = "0000000000000400";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_unit_exposes_little_of_the_machine()
    {
        Assert.SkipUnless(File.Exists(Tool), "systemd-analyze is not installed (apt install systemd).");

        var told = await ChildProcess.RunAsync(
            Tool, ["security", "--offline=true", $"--threshold={MostExposed}", "--no-pager", ServiceUnit.Path], new Dictionary<string,
            string?>(), Token);

        Assert.True(told.ExitCode == 0, told.Output + told.Error);
    }

    [Fact]
    public async Task What_the_unit_starts_outlives_a_restart()
    {
        var lines = await File.ReadAllLinesAsync(ServiceUnit.Path, Token);

        Assert.Contains("KillMode=process", lines);
        Assert.Contains("RuntimeDirectoryPreserve=yes", lines);

        // A process of HAProxy that the kernel ends is no reason to stop the rest, and no failed start is the last.
        Assert.Contains("OOMPolicy=continue", lines);
        Assert.Contains("StartLimitIntervalSec=0", lines);
        Assert.DoesNotContain(
            lines,
            line => line.StartsWith("PrivateTmp=", StringComparison.Ordinal) || line.StartsWith("MemoryMax=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Under_what_the_unit_says_traffic_hand_overs_and_restarts_work()
    {
        // In memory, as what stands below /run.
        var runtime = Directory.CreateDirectory($"/dev/shm/clb-{Guid.NewGuid():n}").FullName;
        try
        {
            await TryAsync(await ServiceUnit.AroundOrSkipAsync(Directory.CreateTempSubdirectory("clb-").FullName, runtime, Token), runtime);
        }
        finally
        {
            Directory.Delete(runtime, recursive: true);
        }
    }

    private static async Task TryAsync(CloudLbProcess.Surroundings asTheUnitSays, string runtime)
    {
        await using var server = await CloudLbProcess.StartAsync(asTheUnitSays, Token, ("HAProxy:Mode", "Attach"));
        await using var backend = await Backend.StartAsync(Token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", backend.Port, Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", backend.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await Traffic.AnswersAsync(url, 200, Token);
        await api.BecomesAsync("web", backend.Address, "InService", Token);
        var before = await SettledAsync(server);
        await using var steady = new SteadyTraffic(url);

        // A hand-over, to a process that reads a key.
        await ServerCertificateFiles.New("web.example.com").ServeAsync(server.Url, "web", backend.Port, Token);
        await Traffic.AnswersAsync(Traffic.Secure(url), 200, Token);
        var process = await SettledAsync(server);

        Assert.NotEqual(before, process);
        Assert.NotEmpty(await ServerCertificateFiles.WithKeysAsync(runtime, Token));
        Assert.Empty(await ServerCertificateFiles.WithKeysAsync(server.DataDirectory, Token));
        foreach (var id in new[] { server.ProcessId, process })
        {
            IsRestricted(id);
        }

        // As the service manager stops it, with HAProxy left alone, and starts it.
        Assert.Equal(0, await server.StopAsync(Token, "TERM"));
        await steady.MoreAsync(10, Token);
        await server.StartAgainAsync(Token);
        await api.RegisterAsync("web", second.Address, Token);
        await Wait.ForAsync(() => Traffic.GetAsync(url, Token), answer => answer == (200, second.Address), Token);

        Assert.Equal(process, Assert.Single(server.HAProxyProcesses()));
        Assert.Empty(steady.Failures);

        // And once more, with a hand-over from a process that an earlier service has started.
        await server.KillAsync(Token);
        await server.StartAgainAsync(Token);
        await api.CallAsync(
            "Action=CreateLoadBalancerListeners&LoadBalancerName=web&Listeners.member.1.Protocol=TCP" +
            $"&Listeners.member.1.LoadBalancerPort=81&Listeners.member.1.InstancePort={backend.Port}", Token);
        await Traffic.AnswersAsync(new UriBuilder(url) { Port = 81 }.Uri, 200, Token);
        await Traffic.AnswersAsync(Traffic.Secure(url), 200, Token);
        Assert.NotEqual(process, await SettledAsync(server));
        Assert.Empty(steady.Failures);
    }

    private static async Task<int> SettledAsync(CloudLbProcess server) =>
        (await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, Token)).Single();

    /// <summary>No root, one capability, a filter of system calls, and nothing but its own directories to write to.</summary>
    private static void IsRestricted(int process)
    {
        var status = File.ReadAllLines($"/proc/{process}/status")
            .Select(line => line.Split('\t'))
            .ToDictionary(words => words[0].TrimEnd(':'), words => words[1]);

        Assert.NotEqual("0", status["Uid"]);
        Assert.Equal((PortsAlone, PortsAlone, "1", "2"), (status["CapBnd"], status["CapEff"], status["NoNewPrivs"], status["Seccomp"]));
        var root = File.ReadAllLines($"/proc/{process}/mountinfo").Select(line => line.Split(' ')).Last(words => words[4] == "/");
        Assert.Contains("ro", root[5].Split(','));
    }
}
