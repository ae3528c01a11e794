using System.Net;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Packages;

/// <summary>The container file and the compose file, with what Debian offers without a daemon: buildah, which isolates by chroot.</summary>
public sealed class ContainerTests
{
    private const int ListenerPort = 8080;

    private static string Folder { get; } = Path.GetFullPath(Path.Combine(SourceFolder.Path, "..", "..", "deploy", "container"));

    private static string ContainerFile => Path.Combine(Folder, "Containerfile");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_files_set_are_settings()
    {
        var service = await ComposedAsync();
        var environment = Environment(service, new("http://127.0.0.1:9"), "10.89.33.10/32");
        foreach (var line in (await File.ReadAllLinesAsync(ContainerFile, Token)).Where(line => line.Contains("CloudLb__")))
        {
            var (name, value) = Pair(line.Replace("ENV", "", StringComparison.Ordinal).Trim(' ', '\\'));
            environment.TryAdd(name, value);
        }

        Assert.Equal(5, environment.Count);
        Assert.Equal(["cloudlb", "describe"], service["healthcheck"]!["test"]!.AsArray().Skip(1).Select(word => (string)word!));
        var told = await ChildProcess.RunAsync(CloudLbProcess.Executable, ["config", "check"], environment, Token);
        Assert.True(told.ExitCode == 0, told.Error);
        Assert.Contains("CloudLb:HAProxy:Mode = Child", told.Output, StringComparison.Ordinal);
        Assert.Contains("CloudLb:AddressPool = 10.89.33.10/32", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_image_is_built_and_its_container_balances_as_the_compose_file_says()
    {
        Assert.SkipUnless(System.Environment.GetEnvironmentVariable("CLOUDLB_TEST_CONTAINER") == "1", "tests/run --packages does this.");
        Assert.SkipUnless(System.Environment.IsPrivilegedProcess, "Only root may build one here.");
        Installed.OrSkip(File.Exists("/usr/bin/buildah"), "buildah is not installed (apt install buildah).");
        var package = BuiltPackages.OrSkip("cloudlb");
        var root = await DebianMachine.MakeOrSkipAsync(Token);
        await using var images = new Images();
        var scratch = await images.DoAsync(Token, "from", "scratch");
        await images.DoAsync(Token, "add", "--quiet", scratch, root, "/");
        await images.DoAsync(Token, "commit", "--quiet", "--rm", scratch, "localhost/debian:12");
        await images.DoAsync(
            Token, "bud", "--isolation", "chroot", "--build-arg", "BASE=localhost/debian:12", "--pull-never", "--tag", "cloudlb",
            "--file", ContainerFile, Path.GetDirectoryName(package)!);

        await using var instance = await Backend.StartAsync(Token);
        var url = new Uri($"http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}");
        var address = $"{Ports.Network()}.7";
        var settings = Environment(await ComposedAsync(), url, $"{address}/32").SelectMany(
            pair => new[] { "--env", $"{pair.Key}={pair.Value}" });
        var container = await images.DoAsync(Token, "from", "--pull-never", "localhost/cloudlb");
        var image = JsonNode.Parse(await images.DoAsync(Token, "inspect", "--type", "image", "localhost/cloudlb"))!["OCIv1"]!["config"]!;
        Assert.Equal(("cloudlb", "/var/lib/cloudlb"), ((string)image["User"]!, (string)image["WorkingDir"]!));
        string[] command = [.. image["Entrypoint"]!.AsArray().Concat(image["Cmd"]!.AsArray()).Select(word => (string)word!)];
        using var running = images.Start(["run", "--isolation", "chroot", .. settings, container, "--", .. command]);
        try
        {
            await Wait.ForAsync(() => Traffic.GetAsync(new(url, "/health"), Token), answer => answer.Status == 200, Token);
            await BalancesAsync(new(url), instance, new($"http://{address}:{ListenerPort}/"));
            Assert.Contains("web", await images.DoAsync(Token, "run", "--isolation", "chroot", container, "--", "cloudlb", "describe"));
        }
        finally
        {
            // As an engine ends it, whose signal goes to the first process; HAProxy ends with it.
            await ChildProcess.RunAsync("kill", ["-TERM", .. ServersAt(url)], [], CancellationToken.None);
            await running.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        }

        Assert.Equal(0, (await Traffic.GetAsync(new($"http://{address}:{ListenerPort}/"), Token)).Status);
    }

    private static async Task BalancesAsync(ElbApi api, Backend instance, Uri web)
    {
        await api.CallAsync(
            $"Action=CreateLoadBalancer&LoadBalancerName=web&AvailabilityZones.member.1={Account.Region}a" +
            $"&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort={ListenerPort}" +
            $"&Listeners.member.1.InstancePort={instance.Port}",
            Token);
        await api.RegisterAsync("web", instance.Address, Token);
        Assert.Equal((200, instance.Address), await Traffic.AnswersAsync(web, 200, Token));
    }

    /// <summary>The server in the container, by the URL that it was given.</summary>
    private static IEnumerable<string> ServersAt(Uri url) => Directory.EnumerateDirectories("/proc")
        .Where(path => File.Exists($"{path}/comm"))
        .Where(path => Read($"{path}/comm") == "cloudlb\n")
        .Where(path => Read($"{path}/environ").Split('\0').Contains($"CloudLb__Url={url.ToString().TrimEnd('/')}"))
        .Select(path => Path.GetFileName(path));

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // It has ended.
            return "";
        }
    }

    private static async Task<JsonNode> ComposedAsync()
    {
        const string ToJson = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
        var parsed = await ChildProcess.RunAsync("/usr/bin/python3", ["-c", ToJson, Path.Combine(Folder, "compose.yaml")], [], Token);
        Installed.OrSkip(
            !parsed.Error.Contains("ModuleNotFoundError", StringComparison.Ordinal), "PyYAML is missing (apt install python3-yaml).");
        Assert.True(parsed.ExitCode == 0, parsed.Error);
        return JsonNode.Parse(parsed.Output)!["services"]!["cloudlb"]!;
    }

    /// <summary>What the compose file sets, with a key, and a place that nobody else has here.</summary>
    private static Dictionary<string, string?> Environment(JsonNode service, Uri url, string pool)
    {
        var environment = service["environment"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        Assert.Equal("${AWS_ACCESS_KEY_ID:?}", environment["CloudLb__AccessKeyId"]);
        environment["CloudLb__AccessKeyId"] = Account.First.AccessKeyId;
        environment["CloudLb__SecretAccessKey"] = Account.First.SecretAccessKey;
        environment["CloudLb__AddressPool"] = pool;
        environment["CloudLb__Url"] = url.ToString().TrimEnd('/');
        return environment;
    }

    private static (string Name, string Value) Pair(string line)
    {
        var parts = line.Split('=', 2);
        return (parts[0], parts[1]);
    }
}
