using System.Diagnostics;
using System.Net;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Elb.Planning;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Applied;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// What is rendered from a plan, as a file for each scenario. <c>UPDATE_SCENARIOS=1</c> writes the files anew; look at what changed.
/// </summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Names => [.. ScenarioPlans.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_configuration_is_that_of_the_scenario_and_HAProxy_accepts_it(string name)
    {
        HAProxyInstalled.OrSkip();
        var file = Path.Combine(SourceDirectory(), "Scenarios", name, "haproxy.cfg");
        var text = Render(ScenarioPlans.All[name], "/var/lib/cloudlb/haproxy").Text;
        if (Environment.GetEnvironmentVariable("UPDATE_SCENARIOS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), text);
        Assert.Equal((0, ""), await CheckAsync(ScenarioPlans.All[name]));
    }

    [Theory]
    [InlineData("accepted-keys")]
    [InlineData("access-log")]
    [InlineData("allowed-sources")]
    [InlineData("desync")]
    [InlineData("draining")]
    [InlineData("http")]
    [InlineData("https")]
    [InlineData("http2")]
    [InlineData("ipv6")]
    [InlineData("proxy-protocol")]
    [InlineData("shared")]
    [InlineData("sticky-application")]
    [InlineData("sticky-pools")]
    [InlineData("sticky-renewed")]
    [InlineData("surge-queue")]
    [InlineData("zones")]
    public void A_plan_is_the_same_once_it_was_written_for_the_next_CloudLb_and_read(string name)
    {
        var file = Path.GetTempFileName();
        var process = new AppliedProcess(Generation: 3, ProcessId: 1);

        AppliedFile.Write(file, process, ScenarioPlans.All[name].Select(AppliedFile.LineOf));
        Assert.Equal(ScenarioPlans.All[name], AppliedFile.Read(file)!.Value.LoadBalancers);
        File.Delete(file);
    }

    [Fact]
    public void A_fault_names_the_load_balancer_and_the_listener_of_its_line()
    {
        var configuration = Render(
            [
                Plans.LoadBalancer("a", ScenarioPlans.Address),
                Plans.LoadBalancer("b", ScenarioPlans.Address) with { Listeners = [Plans.Listener(80), Plans.Listener(81)] },
            ],
            "/tmp");
        var lines = configuration.Text.Split('\n');

        Assert.True(
            configuration.TryFind(
                Array.FindIndex(lines, line => line.Contains("frontend 123456789012:us-east-1:b:81 ")) + 2, out var key, out var port));
        Assert.Equal(("b", 81), (key.Name, port));
        Assert.True(
            configuration.TryFind(
                Array.FindIndex(lines, line => line.StartsWith("backend 123456789012:us-east-1:a:", StringComparison.Ordinal)) + 1, out key,
                out port));
        Assert.Equal(("a", null), (key.Name, port));
        Assert.True(
            configuration.TryFind(
                Array.FindIndex(lines, line => line.Contains("frontend 123456789012:us-east-1:a:")) + 1, out key, out port));
        Assert.Equal(("a", 8080), (key.Name, port));
        Assert.False(configuration.TryFind(3, out _, out _));
    }

    private static CellConfiguration Render(IEnumerable<PlannedLoadBalancer> loadBalancers, string directory) => CellConfiguration.Compose(
        new CommonSettings
        {
            MaxConnections = 2000,
            LoadBalancers = loadBalancers.Count(),
            FirstRequestTimeout = HAProxyOptions.UsualFirstRequestTimeout,
            MaxSilentConnectionsPerSource = 4000,
            Threads = 2,
            CheckSpread = CheckSpread.Usual(loadBalancers),
            CommandSocket = $"{directory}/1.1.sock",
            PassOnSocket = $"{directory}/1.1.next",
            NextSocket = $"{directory}/1.next",
            HealthSocket = $"{directory}/health.sock",
            StateFile = $"{directory}/cells/1/state",
            ErrorFileDirectory = $"{directory}/errors",
            Answers = [.. loadBalancers.Select(loadBalancer => loadBalancer.Answers).Append(Plans.Answers).Distinct()],
            HasOwnListeners = loadBalancers.Any(loadBalancer => loadBalancer.Listeners.Any(OwnListenerLines.IsOwn)),
            AsksForPaths = loadBalancers.Any(loadBalancer => loadBalancer.Listeners.Any(PathLines.AreAsked)),
            ScriptFile = $"{directory}/answers.lua",
            TablesFile = $"{directory}/tables.lua",
            HasLua = true,
            HeaderNamesFile = $"{directory}/header-names",
            CertificateDirectory = $"{directory}/cells/1/certificates",
            GlobalText = "",
            Http2LoadBalancers = loadBalancers.Count(Http2Lines.IsSpoken),
            FreeDescriptors = 100_000,
            IsLogged = loadBalancers.Any(loadBalancer => loadBalancer.IsLogged),
            IsShared = loadBalancers.Any(loadBalancer => loadBalancer.Listeners.Any(SharedLines.IsReachedByName)),
        },
        loadBalancers.Select(loadBalancer => LoadBalancerSections.Render(
            loadBalancer, new HAProxyCapabilities { HasLua = true }, threads: 2, front: new(directory, User: null))));

    private static async Task<(int ExitCode, string Warnings)> CheckAsync(PlannedLoadBalancer[] loadBalancers)
    {
        var directory = Directory.CreateTempSubdirectory("cloudlb-test-").FullName;
        Directory.CreateDirectory(Path.Combine(directory, "errors"));
        await File.WriteAllTextAsync(Path.Combine(directory, "answers.lua"), ScriptText.All);
        await File.WriteAllTextAsync(Path.Combine(directory, "tables.lua"), ScriptTables.Script);
        foreach (var (answer, name) in loadBalancers
            .Select(each => each.Answers)
            .Append(Plans.Answers)
            .Distinct()
            .SelectMany(ErrorFiles.Of))
        {
            await File.WriteAllTextAsync(Path.Combine(directory, "errors", name), ErrorFiles.Content(answer));
        }

        await File.WriteAllTextAsync(Path.Combine(directory, "header-names"), HeaderSpellings.File([]));
        Directory.CreateDirectory(Path.Combine(directory, "cells", "1", "certificates"));
        var certificate = TestCertificate.SelfSigned();
        foreach (var (loadBalancer, listener) in loadBalancers.SelectMany(
            loadBalancer => loadBalancer.Listeners.Select(listener => (loadBalancer, listener))))
        {
            await File.WriteAllTextAsync(
                Path.Combine(
                    directory, "cells", "1", "certificates", TlsSettings.FileOf(ProxyName.OfListener(loadBalancer.Id, listener.Port))),
                $"{certificate.Pem}\n{certificate.KeyPem}\n");
        }

        new NamedFiles(Path.Combine(directory, PinLines.Directory)).Write(loadBalancers.SelectMany(PinFiles.Of));
        new NamedFiles(Path.Combine(directory, WeightLines.Directory)).Write(loadBalancers.SelectMany(WeightLines.FilesOf));
        await File.WriteAllTextAsync(Path.Combine(directory, PassOnSections.ClosedList), "");
        await File.WriteAllLinesAsync(Path.Combine(directory, PassOnSections.ListenerMap), loadBalancers.SelectMany(PassOnSections.MapOf));
        var file = Path.Combine(directory, "haproxy.cfg");
        await File.WriteAllTextAsync(file, Render(loadBalancers, directory).Text);
        using var process = Process.Start(
            new ProcessStartInfo(
                HAProxyInstalled.Executable, ["-c", "-q", "-f", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Directory.Delete(directory, recursive: true);
        return (
            process.ExitCode,
            string.Join('\n', said.Split('\n').Where(line => line.StartsWith("[WARNING]") || line.StartsWith("[ALERT]"))));
    }

    private static string SourceDirectory([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetDirectoryName(file)!;
}
