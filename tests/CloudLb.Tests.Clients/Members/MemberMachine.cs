using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Members;

/// <summary>
/// A machine of its own, as far as the network goes: a network namespace with one cable to this one. Its files stand in a folder, and what
/// systemd would start is started as the unit says.
/// </summary>
internal sealed class MemberMachine : IAsyncDisposable
{
    private const string Unit = "/etc/systemd/system/cloudlb-member.service";

    private readonly string _root = Directory.CreateTempSubdirectory("clb-").FullName;
    private readonly List<Process> _running = [];
    private readonly string _cable = $"clb{Random.Shared.Next(0x100000):x}";
    private readonly string _network = $"198.18.{Random.Shared.Next(256)}";
    private Process? _holder;

    /// <summary>Its own address.</summary>
    public string Address => $"{_network}.2";

    /// <summary>This machine's end of the cable.</summary>
    public string Cable => _cable;

    /// <summary>This machine's address on the cable.</summary>
    public string Gateway => $"{_network}.1";

    /// <summary>Where this user may make none the test is skipped.</summary>
    public static async Task<MemberMachine> StartOrSkipAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root may make a machine of its own out of a network namespace.");
        Installed.OrSkip(File.Exists("/usr/sbin/ip") || File.Exists("/sbin/ip"), "ip is not installed (apt install iproute2).");
        var machine = new MemberMachine();
        try
        {
            if (await machine.ConnectAsync() is { } fault)
            {
                Assert.Skip($"No machine can be made out of a network namespace here: {fault}");
            }

            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts a file of a cloud-config where it belongs.</summary>
    public void Install(string path, string text)
    {
        var file = Rooted(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Starts a program of this machine on that one, which ends it.</summary>
    public Process Start(params IEnumerable<string> command)
    {
        var process = Process.Start("nsenter", [$"--net=/proc/{_holder!.Id}/ns/net", "--", .. command]);
        _running.Add(process);
        return process;
    }

    /// <summary>Starts what the unit says, as systemd would; the machine ends it.</summary>
    public Process StartUnit() => Start(
        File.ReadLines(Rooted(Unit)).Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..]
            .Split(' ')
            .Select(word => File.Exists(Rooted(word)) ? Rooted(word) : word));

    /// <summary>Ends everything at once, and the cable with it: nobody says a word.</summary>
    public async Task LosePowerAsync()
    {
        foreach (var process in _running)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _running.Clear();
        await RunAsync("ip", "link", "set", _cable, "down");
    }

    public Task RestorePowerAsync() => RunAsync("ip", "link", "set", _cable, "up");

    public async ValueTask DisposeAsync()
    {
        await LosePowerAsync();
        await RunAsync("ip", "link", "delete", _cable);
        if (_holder is not null)
        {
            _holder.Kill();
            await _holder.WaitForExitAsync();
            _holder.Dispose();
        }

        Directory.Delete(_root, recursive: true);
    }

    private string Rooted(string path) => Path.Combine(_root, path.TrimStart('/'));

    /// <returns>What stood in the way; null when nothing did.</returns>
    private async Task<string?> ConnectAsync()
    {
        // In the new namespace it writes a line, and then holds it.
        _holder = Process.Start(
            new ProcessStartInfo("unshare", ["--net", "sh", "-c", "echo here; exec sleep infinity"]) { RedirectStandardOutput = true })!;
        if (await _holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "here")
        {
            return "unshare has made no namespace.";
        }

        var inside = $"--net=/proc/{_holder.Id}/ns/net";
        return await RunAsync("ip", "link", "add", _cable, "type", "veth", "peer", "name", "eth0", "netns", $"{_holder.Id}")
            ?? await RunAsync("ip", "address", "add", $"{Gateway}/24", "dev", _cable)
            ?? await RunAsync("ip", "link", "set", _cable, "up")
            ?? await RunAsync("nsenter", inside, "ip", "address", "add", $"{Address}/24", "dev", "eth0")
            ?? await RunAsync("nsenter", inside, "ip", "link", "set", "eth0", "up")
            ?? await RunAsync("nsenter", inside, "ip", "link", "set", "lo", "up");
    }

    private static async Task<string?> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var result = await ChildProcess.RunAsync(program, arguments, [], CancellationToken.None);
        return result.ExitCode == 0 ? null : $"{program} {string.Join(' ', arguments)}: {result.Error}";
    }
}
