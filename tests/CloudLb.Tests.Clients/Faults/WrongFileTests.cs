using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>What stands in the way of a start is told in one sentence, and the exit code is 1.</summary>
public sealed class WrongFileTests
{
    private static readonly string[] Files =
    [
        "lock", "cloudlb.db", "cloudlb.db-wal", "database.record", "certificates.key", "credentials", "inventory.json",
        "inventory.ec2.json", "endpoint", "control.sock", "haproxy/lock",
        "haproxy/health.sock", "haproxy/probe.cfg", "haproxy/errors/503.http", "haproxy/cells/1/haproxy.cfg", "haproxy/cells/1/next.cfg",
        "haproxy/cells/1/next.cfg.tmp",
        "haproxy/cells/1/applied.json", "haproxy/cells/1/state", "haproxy/cells/1/unproven", "haproxy/cells/1/traffic.json",
        "haproxy/cells/1/pid", "audit/audit.log",
        "access-log-spool/checkpoint.json",
    ];

    private static readonly string[] Directories =
    [
        "haproxy", "haproxy/errors", "haproxy/cells", "haproxy/cells/1", "haproxy/cells/1/pins", "audit", "access-log-spool",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public async Task Too_few_open_files_are_told(int limit)
    {
        Installed.HAProxyOrSkip();
        var directory = Directory.CreateTempSubdirectory("clb-").FullName;
        var ended = await ChildProcess.RunAsync(
            "prlimit", [$"--nofile={limit}:{limit}", CloudLbProcess.Executable, "serve"], new Dictionary<string,
            string?> { ["CloudLb__DataDirectory"] = directory }, Token);
        Directory.Delete(directory, recursive: true);

        AssertOneSentence(ended, "open files");
    }

    [Fact]
    public async Task Whatever_is_of_the_wrong_kind_is_told()
    {
        await using var server = await StoppedAsync();
        foreach (var file in Files)
        {
            await WithInsteadAsync(server, file, path => Directory.CreateDirectory(Path.Combine(path, "in it")));
        }

        foreach (var directory in Directories)
        {
            await WithInsteadAsync(server, directory, path => File.WriteAllText(path, "a file"));
        }

        await server.StartAgainAsync(Token);
    }

    [Fact]
    public async Task Whatever_belongs_to_somebody_else_is_told()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may give files away");
        await using var server = await StoppedAsync();
        foreach (var file in Files.Where(file => file is not ("credentials" or "inventory.json")).Concat(Directories))
        {
            var path = Path.Combine(server.DataDirectory, file);
            var isThere = Path.Exists(path);
            if (!isThere && (file.EndsWith(".sock", StringComparison.Ordinal) || Directories.Contains(file)))
            {
                continue;
            }

            if (!isThere)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, "", Token);
            }

            await GiveAsync("65534", path);
            AssertOneSentence(await server.CommandAsync(Token, "serve"), $"{path} belongs to the user with the number 65534");
            await GiveAsync("0", path);
            if (!isThere)
            {
                File.Delete(path);
            }
        }

        await server.StartAgainAsync(Token);
    }

    [Fact]
    public async Task Whatever_may_not_be_used_is_told()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may become another user");
        await using var server = await StoppedAsync();
        await GiveAsync("65534", server.DataDirectory, "-R");
        foreach (var file in Files.Concat(Directories).Select(file => Path.Combine(server.DataDirectory, file)).Where(Path.Exists))
        {
            var mode = File.GetUnixFileMode(file);
            File.SetUnixFileMode(file, UnixFileMode.None);
            var ended = await ChildProcess.RunAsync(
                "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", CloudLbProcess.Executable, "serve"], server.Settings,
                Token);
            File.SetUnixFileMode(file, mode);
            AssertOneSentence(ended, file);
        }

        await GiveAsync("0", server.DataDirectory, "-R");
    }

    private static void AssertOneSentence(ChildProcess.Result ended, string words)
    {
        Assert.True(
            ended.ExitCode == 1 && ended.Error.Trim().Split('\n') is [var only] && only.StartsWith("cloudlb: ", StringComparison.Ordinal),
            $"{words}: {ended.ExitCode}, {ended.Error}");
        Assert.Contains(words, ended.Error, StringComparison.Ordinal);
    }

    private static async Task<CloudLbProcess> StoppedAsync()
    {
        var server = await CloudLbProcess.StartAsync(Token);
        await new ElbApi(server.Url).CreateWebAsync("web", 8000, Token);
        await Traffic.AnswersAsync(await server.TrafficUrlAsync("web", Token), 503, Token);
        await server.StopAsync(Token);
        return server;
    }

    private static async Task WithInsteadAsync(CloudLbProcess server, string name, Action<string> make)
    {
        var path = Path.Combine(server.DataDirectory, name);
        var aside = $"{server.DataDirectory}.aside";
        var isThere = Path.Exists(path);
        if (isThere)
        {
            Directory.Move(path, aside);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        make(path);
        AssertOneSentence(await server.CommandAsync(Token, "serve"), path);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
        else
        {
            Directory.Delete(path, recursive: true);
        }

        if (isThere)
        {
            Directory.Move(aside, path);
        }
    }

    private static async Task GiveAsync(string owner, string path, params string[] options)
    {
        using var change = Process.Start("chown", [.. options, owner, path]);
        await change.WaitForExitAsync(Token);
        Assert.Equal(0, change.ExitCode);
    }
}
