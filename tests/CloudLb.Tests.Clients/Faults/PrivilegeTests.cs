using CloudLb.Core;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>What the processes may do and know: a user of their own, no secret in their environment, no key on a disk.</summary>
public sealed class PrivilegeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Started_as_root_HAProxy_becomes_its_own_user_and_everything_works()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become another user");
        await using var server = await CloudLbProcess.StartAsync(Token, ("HAProxy:User", "nobody"), ("HAProxy:PollInterval", "00:10:00"));
        await using var backend = await Backend.StartAsync(Token);
        var (api, url) = await ServeAsync(server, backend);
        await api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=web&LoadBalancerAttributes.AccessLog.Enabled=true" +
            "&LoadBalancerAttributes.AccessLog.S3BucketName=logs" +
            "&LoadBalancerAttributes.AccessLog.EmitInterval=5", Token);
        var process = await SettledAsync(server);

        Assert.Equal(await UserOfAsync("nobody"), UserOf(process));
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, Token));

        // Nothing but the checks' own messages tells of it: the processes are asked every ten minutes.
        backend.HealthStatus = 500;
        await api.BecomesAsync("web", backend.Address, "OutOfService", Token);
        backend.HealthStatus = 200;
        await api.BecomesAsync("web", backend.Address, "InService", Token);

        // A hand-over, a kill, and CloudLb's own end.
        await using var steady = new SteadyTraffic(url);
        await api.CallAsync(
            $"Action=CreateLoadBalancerListeners&LoadBalancerName=web&Listeners.member.1.Protocol=TCP" +
            $"&Listeners.member.1.LoadBalancerPort=81&Listeners.member.1.InstancePort={backend.Port}",
            Token);
        await Traffic.AnswersAsync(new UriBuilder(url) { Port = 81 }.Uri, 200, Token);
        await server.KillAsync(Token);
        await server.StartAgainAsync(Token);
        await steady.MoreAsync(10, Token);
        Assert.Empty(steady.Failures);
        var last = await SettledAsync(server);
        CloudLbProcess.Kill(last);
        await Traffic.AnswersAsync(url, 200, Token);
        Assert.Equal(await UserOfAsync("nobody"), UserOf(await SettledAsync(server)));
        await Wait.ForAsync(
            () =>
                Task.FromResult(
                    Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "access-log-spool"), "*.spool")
                        .Select(File.ReadAllText)
                        .ToList()),
            texts => texts.Any(text => text.Contains("GET http", StringComparison.Ordinal)), Token);
    }

    [Fact]
    public async Task A_process_that_stayed_root_hands_over_to_one_that_does_not()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become another user");
        await using var backend = await Backend.StartAsync(Token);
        var settings = new CloudLbProcess.Surroundings();
        await using var server = await CloudLbProcess.StartAsync(settings, Token, ("HAProxy:Mode", "Attach"), ("HAProxy:User", "root"));
        var (_, url) = await ServeAsync(server, backend);
        Assert.Equal(0u, UserOf(await SettledAsync(server)));
        await using var steady = new SteadyTraffic(url);
        await server.StopAsync(Token);

        server.Set("HAProxy:User", "nobody");
        await server.StartAgainAsync(Token);
        await steady.MoreAsync(10, Token);

        Assert.Equal(await UserOfAsync("nobody"), UserOf(await SettledAsync(server)));
        Assert.Empty(steady.Failures);
    }

    [Fact]
    public async Task A_user_that_is_not_there_is_told()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become another user");
        await using var server = await CloudLbProcess.StartAsync(Token);
        await server.StopAsync(Token);
        var ended = await server.CommandAsync(Token, "serve", "--HAProxy:User", "nobody-of-that-name");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("cloudlb: There is no user nobody-of-that-name", ended.Error.Trim().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_holds_what_is_needed_and_no_secret_and_nothing_leaves_a_core()
    {
        var surroundings = new CloudLbProcess.Surroundings
        {
            Environment =
                new Dictionary<string, string?> { ["AWS_SECRET_ACCESS_KEY"] = "hush", ["TZ"] = "UTC", ["LOG_PLACE"] = "here" },
        };
        await using var server = await CloudLbProcess.StartAsync(
            surroundings, Token, ("HAProxy:GlobalText", "description \"${LOG_PLACE}\""));
        await using var backend = await Backend.StartAsync(Token);
        await ServeAsync(server, backend);
        var process = await SettledAsync(server);
        var environment = (await File.ReadAllTextAsync($"/proc/{process}/environ", Token)).Split('\0');

        Assert.DoesNotContain(
            environment,
            variable =>
                variable.Contains(Account.First.SecretAccessKey, StringComparison.Ordinal)
                    || variable.Contains("hush", StringComparison.Ordinal));
        Assert.DoesNotContain(environment, variable => variable.StartsWith("CloudLb", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("TZ=UTC", environment);
        Assert.Contains("LOG_PLACE=here", environment);
        foreach (var id in new[] { process, server.ProcessId })
        {
            var limit = (await File.ReadAllLinesAsync($"/proc/{id}/limits", Token)).Single(
                line => line.StartsWith("Max core file size", StringComparison.Ordinal));
            Assert.Equal(["0", "0", "bytes"], limit["Max core file size".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Theory]
    [InlineData("Child")]
    [InlineData("Attach")]
    public async Task Keys_of_listeners_lie_in_memory_alone_and_go_with_the_last_process(string mode)
    {
        Assert.SkipWhen(MemoryDirectory.Root is null, "there is no file system in memory here");
        await using var server = await CloudLbProcess.StartAsync(Token, ("HAProxy:Mode", mode));
        await using var backend = await Backend.StartAsync(Token);
        var (_, url) = await ServeAsync(server, backend);
        await ServerCertificateFiles.New("web.example.com").ServeAsync(server.Url, "web", backend.Port, Token);
        await IsSecureAsync(url);
        var memory = MemoryDirectory.For(Path.Combine(server.DataDirectory, "haproxy", "cells", "1"))!;

        Assert.Empty(await ServerCertificateFiles.WithKeysAsync(server.DataDirectory, Token));
        Assert.Single(await ServerCertificateFiles.WithKeysAsync(memory, Token));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(memory));

        await server.StopAsync(Token);
        Assert.Equal(mode == "Child" ? 0 : 1, (await ServerCertificateFiles.WithKeysAsync(memory, Token)).Count);
        await server.StartAgainAsync(Token);
        await IsSecureAsync(url);

        // As a reboot leaves it.
        await server.KillAsync(Token);
        server.HAProxyProcesses().ToList().ForEach(CloudLbProcess.Kill);
        Directory.Delete(memory, recursive: true);
        await server.StartAgainAsync(Token);
        await IsSecureAsync(url);
        Assert.Empty(await ServerCertificateFiles.WithKeysAsync(server.DataDirectory, Token));
    }

    [Fact]
    public async Task A_secret_on_the_command_line_is_warned_of_and_not_repeated()
    {
        var surroundings = new CloudLbProcess.Surroundings
        {
            Arguments = ["--SecretAccessKey", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY99", "--AccessKeys:0:SecretAccessKey=another"],
        };
        await using var server = await CloudLbProcess.StartAsync(surroundings, Token);

        Assert.Contains("[1010]", server.Output, StringComparison.Ordinal);
        Assert.Contains("SecretAccessKey, AccessKeys:0:SecretAccessKey on the command line", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wJalrX", server.Output, StringComparison.Ordinal);
    }

    private static async Task<(ElbApi Api, Uri Url)> ServeAsync(CloudLbProcess server, Backend backend)
    {
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, Token);
        await api.RegisterAsync("web", backend.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await Traffic.AnswersAsync(url, 200, Token);
        return (api, url);
    }

    /// <summary>The one process that is left when those before have finished.</summary>
    private static async Task<int> SettledAsync(CloudLbProcess server) =>
        (await Wait.ForAsync(() => Task.FromResult(server.HAProxyProcesses()), processes => processes.Count == 1, Token)).Single();

    private static uint UserOf(int process) =>
        uint.Parse(
            File.ReadAllLines($"/proc/{process}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2]);

    private static async Task<uint> UserOfAsync(string name) =>
        uint.Parse((await ChildProcess.RunAsync("id", ["-u", name], [], Token)).Output);

    private static Task IsSecureAsync(Uri url) => Traffic.AnswersAsync(Traffic.Secure(url), 200, Token);
}
