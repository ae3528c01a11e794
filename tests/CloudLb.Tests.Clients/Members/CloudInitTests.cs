using System.Text.Json;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Members;

/// <summary>The documents that <c>cloudlb member create</c> prints, judged by cloud-init and systemd themselves.</summary>
public sealed class CloudInitTests(MemberServer server) : IClassFixture<MemberServer>
{
    private const string CloudInit = "/usr/bin/cloud-init", Python = "/usr/bin/python3", Analyze = "/usr/bin/systemd-analyze";

    /// <summary>What YAML, a shell and systemd could take for their own.</summary>
    private const string HostileCommand = """test "$(id -u)" = 0 && : '%h' "a: b" #c {d} `e` \n""";

    /// <summary>Prints the files of a cloud-config, decoded, as JSON.</summary>
    private const string Decode = """
        import base64, gzip, json, sys, yaml
        files = yaml.safe_load(open(sys.argv[1]))["write_files"]
        print(json.dumps([[f["path"], f["owner"], f["permissions"], gzip.decompress(base64.b64decode(f["content"])).decode()]
            for f in files if f.get("encoding") == "gz+b64"]))
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cloud_config_passes_its_schema_and_holds_the_script_the_key_and_a_unit()
    {
        using var folder = new Folder();
        var file = folder.Write("user-data", await CreateAsync("config", "--wait-command", HostileCommand, "--service", "nginx.service"));
        Assert.True(new FileInfo(file).Length < 16 * 1024);
        var files = await FilesAsync(file);

        Assert.Equal(
            [
                ("/usr/local/sbin/clb-register", "root:root", "0755"), ("/etc/cloudlb/member.conf", "root:root", "0600"),
                ("/etc/systemd/system/cloudlb-member.service", "root:root", "0644"),
            ],
            files.Select(one => (one[0], one[1], one[2])));
        Assert.Equal(await File.ReadAllTextAsync(RegisterScript.Source, Token), files[0][3]);
        Assert.Contains($"\nCLB_WAIT_COMMAND={HostileCommand}\n", files[1][3], StringComparison.Ordinal);
        Assert.Contains($"\nCLB_INSTANCE={server.Backend.Address}\n", files[1][3], StringComparison.Ordinal);
        await IsAcceptedAsync(file);
    }

    [Fact]
    public async Task Several_parts_are_joined_with_the_user_s_own()
    {
        using var folder = new Folder();
        var own = folder.Write(
            "own", "#cloud-config\nwrite_files:\n- path: /etc/mine\n  content: hello\nruncmd:\n- [touch, /etc/other]\n");
        var script = folder.Write("script", "#!/bin/sh\ntouch /etc/third\n");
        var file = folder.Write(
            "user-data", await CreateAsync("mime", "--format", "mime", "--attach", own, "--attach", script));
        Installed.OrSkip(File.Exists(CloudInit), "cloud-init is not installed (apt install --no-install-recommends cloud-init).");

        var joined = Path.Combine(folder.Path, "joined");
        var parts = await ChildProcess.RunAsync(
            Python, [Path.Combine(AppContext.BaseDirectory, "python", "cloud_init_parts.py"), file, joined], [], Token);

        Assert.True(parts.ExitCode == 0, parts.Error);
        Assert.Equal("part-2\ncloudlb-member.sh\n", parts.Output);
        var text = await File.ReadAllTextAsync(joined, Token);
        Assert.Contains("/etc/mine", text, StringComparison.Ordinal);
        Assert.Contains("/etc/other", text, StringComparison.Ordinal);
        Assert.Equal(3, (await FilesAsync(joined)).Count);
        await IsAcceptedAsync(joined);
    }

    [Fact]
    public async Task The_unit_goes_with_the_service_waits_for_draining_and_exposes_little()
    {
        Installed.OrSkip(File.Exists(Analyze), "systemd-analyze is not installed (apt install systemd).");
        using var folder = new Folder();
        var config = folder.Write(
            "user-data",
            await CreateAsync("unit", "--service", "nginx.service", "--service", @"my\x2dapp@1.service", "--drain-seconds", "40"));
        var text = (await FilesAsync(config))[2][3];
        var lines = text.Split('\n');

        Assert.Contains(@"After=nginx.service my\x2dapp@1.service", lines);
        Assert.Contains(@"PartOf=nginx.service my\x2dapp@1.service", lines);
        Assert.Contains(@"WantedBy=multi-user.target nginx.service my\x2dapp@1.service", lines);
        Assert.Contains("TimeoutStopSec=100", lines);
        Assert.Contains("KillMode=mixed", lines);
        var unit = folder.Write(
            "cloudlb-member.service", text.Replace("/usr/local/sbin/clb-register", RegisterScript.Source, StringComparison.Ordinal));
        var verified = await ChildProcess.RunAsync(Analyze, ["verify", "--man=no", unit], [], Token);
        Assert.True(verified is { ExitCode: 0, Error: "" }, verified.Output + verified.Error);
        var judged = await ChildProcess.RunAsync(
            Analyze, ["security", "--offline=true", "--threshold=35", "--no-pager", unit], [], Token);
        Assert.True(judged.ExitCode == 0, judged.Output + judged.Error);
    }

    private async Task<string> CreateAsync(string name, params IEnumerable<string> options)
    {
        var made = await server.Process.CommandAsync(
            Token, ["member", "create", name, "--instance", server.Backend.Address, "--load-balancer", "web", .. options]);
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Contains("this machine alone reaches", made.Error, StringComparison.Ordinal);
        return made.Output;
    }

    private static async Task<List<string[]>> FilesAsync(string document)
    {
        var decoded = await ChildProcess.RunAsync(Python, ["-c", Decode, document], [], Token);
        Assert.True(decoded.ExitCode == 0, decoded.Error);
        return JsonSerializer.Deserialize<List<string[]>>(decoded.Output)!;
    }

    private static async Task IsAcceptedAsync(string document)
    {
        Installed.OrSkip(File.Exists(CloudInit), "cloud-init is not installed (apt install --no-install-recommends cloud-init).");
        var judged = await ChildProcess.RunAsync(CloudInit, ["schema", "--config-file", document], [], Token);
        Assert.True(judged.ExitCode == 0, judged.Output + judged.Error);
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("clb-").FullName;

        public string Write(string name, string text)
        {
            var file = System.IO.Path.Combine(Path, name);
            File.WriteAllText(file, text);
            return file;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
