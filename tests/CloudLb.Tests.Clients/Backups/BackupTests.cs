using CloudLb.Core;
using CloudLb.Tests.Clients.Faults;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Backups;

/// <summary><c>cloudlb backup</c> and <c>cloudlb restore</c>, by what is served afterwards.</summary>
public sealed class BackupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_backed_up_while_it_ran_is_served_after_a_restore_and_what_was_there_is_kept()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        await using var instance = await Backend.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", instance.Port, Token);
        await api.RegisterAsync("web", instance.Address, Token);
        var url = await server.TrafficUrlAsync("web", Token);
        await ServerCertificateFiles.New("web.example.com").ServeAsync(server.Url, "web", instance.Port, Token);
        await Traffic.AnswersAsync(Traffic.Secure(url), 200, Token);
        var file = Path.Combine(server.DataDirectory, "..", $"{Path.GetFileName(server.DataDirectory)}.backup");
        try
        {
            var template = Directory.CreateDirectory(Path.Combine(server.DataDirectory, "templates", "filter")).FullName;
            await File.WriteAllTextAsync(Path.Combine(template, "sorry.html"), "as it was", Token);

            // While others change it: what was answered before is in it, whatever comes meanwhile.
            var changes = Task.WhenAll(
                Enumerable.Range(0, 20).Select(number => api.CreateWebAsync($"later-{number}", instance.Port, Token)));
            Does(await server.CommandAsync(Token, "backup", file));
            await changes;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}*"));

            Refuses("while no CloudLb runs there", await server.CommandAsync(Token, "restore", file, "--replace"));
            await api.CallAsync("Action=DeleteLoadBalancer&LoadBalancerName=web", Token);
            await api.CreateWebAsync("after", instance.Port, Token);
            await Wait.ForAsync(async () => (await Traffic.GetAsync(url, Token)).Status, status => status == 0, Token);
            Assert.Equal(0, await server.StopAsync(Token));
            Refuses("--replace", await server.CommandAsync(Token, "restore", file));
            await File.WriteAllTextAsync(Path.Combine(template, "sorry.html"), "changed", Token);

            var restored = await server.CommandAsync(Token, "restore", file, "--replace");
            Does(restored);
            await server.StartAgainAsync(Token);

            Assert.Equal((200, instance.Address), await Traffic.AnswersAsync(url, 200, Token));
            Assert.Equal((200, instance.Address), await Traffic.AnswersAsync(Traffic.Secure(url), 200, Token));
            Assert.Null(await server.StatusAsync("after", Token));

            // It is in no doubt: changes are taken without another word.
            await api.CreateWebAsync("new", instance.Port, Token);
            var before = Assert.Single(Directory.EnumerateDirectories(server.DataDirectory, "before-restore-*"));
            Assert.Contains(before, restored.Output, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(before, "cloudlb.db")));
            Assert.Equal("as it was", await File.ReadAllTextAsync(Path.Combine(template, "sorry.html"), Token));
            Assert.Equal("changed", await File.ReadAllTextAsync(Path.Combine(before, "templates", "filter", "sorry.html"), Token));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_damaged_backup_or_one_with_another_key_changes_nothing()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", 80, Token);
        await ServerCertificateFiles.New("web.example.com").UploadAsync(server.Url, "web", Token);
        var file = Path.Combine(server.DataDirectory, "backup");
        Does(await server.CommandAsync(Token, "backup", file));
        await server.StopAsync(Token);
        var was = await StateAsync(server.DataDirectory);
        var good = await File.ReadAllBytesAsync(file, Token);

        await File.WriteAllBytesAsync(file, good[..^2000], Token);
        Refuses("is damaged", await server.CommandAsync(Token, "restore", file, "--replace"));
        Assert.Equal(was, await StateAsync(server.DataDirectory));

        await File.WriteAllBytesAsync(file, good, Token);
        await WithOtherKeyAsync(file);
        Refuses("is not the key", await server.CommandAsync(Token, "restore", file, "--replace"));
        Assert.Equal(was, await StateAsync(server.DataDirectory));

        await server.StartAgainAsync(Token);
        Assert.NotNull(await server.StatusAsync("web", Token));
    }

    [Fact]
    public async Task A_full_disk_is_told_and_costs_neither_the_backup_before_nor_the_data()
    {
        await using var disk = await SmallDisk.MountOrSkipAsync(32, Token);
        await using var server = await CloudLbProcess.StartAsync(
            new CloudLbProcess.Surroundings { DataDirectory = disk.Directory("data") }, Token);
        await new ElbApi(server.Url).CreateWebAsync("web", 80, Token);
        var place = disk.Directory("backups");
        var file = Path.Combine(place, "backup");
        Does(await server.CommandAsync(Token, "backup", file));
        var was = await File.ReadAllBytesAsync(file, Token);

        disk.Fill();
        Refuses("the disk is full", await server.CommandAsync(Token, "backup", file));
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(place));
        Assert.Equal(was, await File.ReadAllBytesAsync(file, Token));

        await server.StopAsync(Token);
        var state = await StateAsync(server.DataDirectory);
        Refuses("the disk is full", await server.CommandAsync(Token, "restore", file, "--replace"));
        Assert.Equal(state, await StateAsync(server.DataDirectory));

        disk.Free();
        Does(await server.CommandAsync(Token, "restore", file, "--replace"));
        await server.StartAgainAsync(Token);
        Assert.NotNull(await server.StatusAsync("web", Token));
    }

    [Fact]
    public async Task Root_restores_for_the_user_whose_directory_it_is()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root restores for others.");
        await using var server = await CloudLbProcess.StartAsync(Token);
        var file = Path.Combine(server.DataDirectory, "backup");
        Does(await server.CommandAsync(Token, "backup", file));
        var other = Directory.CreateTempSubdirectory("clb-other-").FullName;
        try
        {
            Does(await ChildProcess.RunAsync("chown", ["nobody", other], [], Token));
            Does(await server.CommandAsync(Token, "restore", file, "--DataDirectory", other));

            var owners = await ChildProcess.RunAsync("find", [other, "-printf", "%u\\n"], [], Token);
            Assert.Equal(["nobody"], owners.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct());
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public async Task What_is_no_place_for_a_backup_and_what_is_no_backup_is_said()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        var missing = Path.Combine(server.DataDirectory, "nowhere");

        Refuses("There is no directory", await server.CommandAsync(Token, "backup", Path.Combine(missing, "backup")));
        Refuses("is a directory", await server.CommandAsync(Token, "backup", server.DataDirectory));
        Refuses("There is no database", await server.CommandAsync(Token, "backup", missing, "--DataDirectory", missing));
        Refuses("cannot be read", await server.CommandAsync(Token, "restore", missing));
        Refuses("keeps nothing", await ChildProcess.RunAsync(CloudLbProcess.Executable, ["backup", missing, "--Ephemeral"], [], Token));
    }

    [Fact]
    public async Task A_server_that_has_lost_its_socket_or_its_lock_is_not_taken_for_one_that_has_ended()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", 8000, Token);
        var backup = Path.Combine(server.DataDirectory, "backup");
        Does(await server.CommandAsync(Token, "backup", backup));

        File.Delete(Path.Combine(SocketDirectory.For(server.DataDirectory), "control.sock"));
        Refuses("does not answer, so nothing was accepted", await server.CommandAsync(Token, "database", "accept"));
        Assert.False(File.Exists(Path.Combine(server.DataDirectory, "database.accept")));

        File.Delete(Path.Combine(server.DataDirectory, "lock"));
        Refuses("Another CloudLb has the database", await server.CommandAsync(Token, "restore", backup, "--replace"));
        await api.CreateWebAsync("shop", 8001, Token);
    }

    private static void Does(ChildProcess.Result result) => Assert.True(result.ExitCode == 0, result.Output + result.Error);

    private static void Refuses(string words, ChildProcess.Result result)
    {
        Assert.NotEqual(0, result.ExitCode);
        Assert.StartsWith("cloudlb: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    /// <summary>Every file with its content, the lock and the backup apart.</summary>
    private static async Task<string> StateAsync(string directory) => (await ChildProcess.RunAsync(
        "sh",
        ["-c", "cd \"$0\" && find . -type f ! -name lock ! -name backup -exec sha256sum {} + | sort", directory], [], Token)).Output;

    /// <summary>Puts a key of the right form into a backup, with its right sum.</summary>
    private static async Task WithOtherKeyAsync(string file)
    {
        const string Replace = """
            import base64, hashlib, io, json, os, sys, tarfile
            files = [(each.name, each) for each in tarfile.open(sys.argv[1])]
            read = tarfile.open(sys.argv[1])
            content = {name: read.extractfile(each).read() for name, each in files}
            content["certificates.key"] = base64.b64encode(os.urandom(32)) + b"\n"
            manifest = json.loads(content["manifest.json"])
            for each in manifest["files"]:
                each["sha256"] = hashlib.sha256(content[each["name"]]).hexdigest()
            content["manifest.json"] = json.dumps(manifest).encode()
            with tarfile.open(sys.argv[1], "w", format=tarfile.USTAR_FORMAT) as written:
                for name, _ in files:
                    entry = tarfile.TarInfo(name)
                    entry.size = len(content[name])
                    written.addfile(entry, io.BytesIO(content[name]))
            """;
        var done = await ChildProcess.RunAsync("python3", ["-c", Replace, file], [], Token);
        Assert.True(done.ExitCode == 0, done.Error);
    }
}
