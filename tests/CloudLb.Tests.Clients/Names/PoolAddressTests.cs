using System.Diagnostics;
using System.Text.Json;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Members;

namespace CloudLb.Tests.Clients.Names;

/// <summary>
/// Addresses of a network that CloudLb puts on an interface, by the process that may: one cable to another machine, whose network is the
/// pool.
/// </summary>
public sealed class PoolAddressTests : IDisposable
{
    private const UnixFileMode Everybodys = (UnixFileMode)0x1FF;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clb-pool-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Socket => Path.Combine(_directory.FullName, "socket");

    private string Settings => Path.Combine(_directory.FullName, "settings.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Addresses_come_and_go_with_load_balancers_and_conflicts_are_told()
    {
        Installed.HAProxyOrSkip();
        await using var machine = await MemberMachine.StartOrSkipAsync();
        var network = machine.Gateway[..^2];
        await using var server = await CloudLbProcess.StartAsync(
            Token,
            ("AddressPool", $"{network}.0/28"), ("HAProxy:BindAbsentAddresses", "true"), ("PoolAddresses:Interface", machine.Cable),
            ("PoolAddresses:Socket", Socket), ("PoolAddresses:RemoveAfter", "00:00:01"));
        await File.WriteAllTextAsync(
            Settings,
            JsonSerializer.Serialize(new
            {
                CloudLb = new
                {
                    server.DataDirectory, AddressPool = new[] { $"{network}.0/28" },
                    PoolAddresses = new { Interface = machine.Cable, Socket },
                },
            }),
            Token);
        var api = new ElbApi(server.Url);
        foreach (var name in new[] { "own", "others", "free" })
        {
            await api.CreateWebAsync(name, 80, Token);
        }

        using var holder = Hold();
        try
        {
            var free = $"{network}.3";
            Assert.Equal(free, (await server.StatusAsync("free", Token))!.Address.ToString());
            await Wait.ForAsync(() => AddressesAsync(machine), told => told.Contains($" {free}/32 ", StringComparison.Ordinal), Token);
            await Wait.ForAsync(
                async () =>
                {
                    var asked = machine.Start("curl", "-s", "-o", "/dev/null", "--max-time", "5", $"http://{free}:{Ports.Http}/");
                    await asked.WaitForExitAsync(Token);
                    return asked.ExitCode;
                },
                exitCode => exitCode == 0, Token);
            await Wait.ForAsync(
                () => Task.FromResult(server.Output),
                output => output.Contains($"{machine.Address} is answered for by another machine (", StringComparison.Ordinal)
                    && output.Contains($"{machine.Gateway} is this machine's own already, on {machine.Cable}", StringComparison.Ordinal),
                Token);

            await HostileOnesAreRefusedAsync(machine, network, free);

            await api.CallAsync("Action=DeleteLoadBalancer&LoadBalancerName=free", Token);
            await Wait.ForAsync(() => AddressesAsync(machine), told => !told.Contains($" {free}/", StringComparison.Ordinal), Token);
            Assert.Contains($" {machine.Gateway}/", await AddressesAsync(machine), StringComparison.Ordinal);
        }
        finally
        {
            holder.Kill();
            await holder.WaitForExitAsync(CancellationToken.None);
        }

        // Settings that somebody else can write are gone by by nobody.
        File.SetUnixFileMode(Settings, Everybodys);
        var refused = await ChildProcess.RunAsync(CloudLbProcess.Executable, ["hold-addresses", Settings], [], Token);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("no one else's to write", refused.Error, StringComparison.Ordinal);
    }

    /// <summary>As its unit has it: without any right but that to change addresses.</summary>
    private Process Hold() => Process.Start(
        "setpriv",
        [
            "--no-new-privs", "--bounding-set=-all,+net_admin", "--inh-caps=-all,+net_admin", CloudLbProcess.Executable, "hold-addresses",
            Settings,
        ]);

    private async Task HostileOnesAreRefusedAsync(MemberMachine machine, string network, string free)
    {
        var before = await AddressesAsync(machine);
        foreach (var line in new[]
        {
            "add 192.0.2.1", $"add {network}.20", $"add {network}.4/24", $"add {network}.4 dev lo", $"add {network}.4;ip link delete lo",
            "flush", new string('x', 5000), "",
        })
        {
            Assert.StartsWith("no ", await AskAsync(line), StringComparison.Ordinal);
        }

        // What stands there is no load balancer's.
        Assert.Equal("ok\n", await AskAsync($"remove {machine.Gateway}"));

        // Another user is not even listened to, were the socket everybody's.
        File.SetUnixFileMode(_directory.FullName, Everybodys);
        File.SetUnixFileMode(Socket, Everybodys);
        Assert.Equal("", await AskAsync($"remove {free}", "setpriv", "--reuid=1", "--regid=1", "--clear-groups"));
        Assert.Equal(before, await AddressesAsync(machine));
    }

    private async Task<string> AskAsync(string line, params string[] prefix)
    {
        const string Client = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX)
            s.connect(sys.argv[1])
            s.settimeout(20)
            try:
                s.sendall(sys.argv[2].encode() + b"\n")
                print(s.recv(4096).decode(), end="")
            except OSError:
                print("no answer", end="") if len(sys.argv[2]) > 64 else None
            """;
        string[] command = [.. prefix, "/usr/bin/python3", "-c", Client, Socket, line];
        var answer = await ChildProcess.RunAsync(command[0], command[1..], [], Token);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return answer.Output;
    }

    private static async Task<string> AddressesAsync(MemberMachine machine) =>
        (await ChildProcess.RunAsync("ip", ["-oneline", "-4", "address", "show", "dev", machine.Cable], [], Token)).Output;
}
