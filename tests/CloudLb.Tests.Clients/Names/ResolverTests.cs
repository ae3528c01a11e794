using System.Net;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Names;

/// <summary>The responder of the real server, asked by Debian's own resolvers and tools.</summary>
public sealed class ResolverTests : IAsyncLifetime
{
    private readonly int _port = Ports.Free(IPAddress.Loopback);
    private CloudLbProcess _server = null!;
    private string _name = "";
    private string _address = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var (program, package) in (ReadOnlySpan<(string, string)>)[
            ("/usr/bin/dig", "bind9-dnsutils"), ("/usr/bin/kdig", "knot-dnsutils"), ("/usr/sbin/dnsmasq", "dnsmasq-base")])
        {
            Installed.OrSkip(File.Exists(program), $"{program} is missing (apt install {package}).");
        }

        _server = await CloudLbProcess.StartAsync(Token, ("DnsSuffix", "Elb.test"), ("Dns:Listen", $"127.0.0.1:{_port}"));
        await new ElbApi(_server.Url).CreateWebAsync("Named", Ports.Free(IPAddress.Loopback), Token);
        var status = (await _server.StatusAsync("Named", Token))!;
        (_name, _address) = (status.DnsName, status.Address.ToString());
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Names_are_answered_by_UDP_and_TCP_as_long_as_there_is_a_load_balancer_of_that_name()
    {
        Assert.Equal(_address, await DigAsync("+short", _name));
        Assert.Equal(_address, await DigAsync("+tcp", "+short", _name));
        Assert.Equal(_address, await DigAsync("+short", $"dualstack.{_name}"));
        Assert.Equal(_address, (await RunAsync("kdig", "+short", "+noidn", "@127.0.0.1", "-p", $"{_port}", _name)).Trim());
        var whole = await DigAsync(_name);
        Assert.Contains("status: NOERROR", whole, StringComparison.Ordinal);
        Assert.Contains("flags: qr aa rd;", whole, StringComparison.Ordinal);
        Assert.Matches($@"{_name}\.\s+60\s+IN\s+A\s+{_address}", whole);
        var noData = await DigAsync(_name, "AAAA");
        Assert.Contains("status: NOERROR", noData, StringComparison.Ordinal);
        Assert.Matches(@"Elb\.test\.\s+60\s+IN\s+SOA\s+ns\.Elb\.test\. hostmaster\.Elb\.test\. \d+ 3600 600 86400 60", noData);
        Assert.Contains("status: REFUSED", await DigAsync("example.com"), StringComparison.Ordinal);
        Assert.Contains("status: BADVERS", await DigAsync("+edns=5", "+noednsneg", _name), StringComparison.Ordinal);
        Assert.Contains("Transfer failed", await DigAsync("Elb.test", "AXFR"), StringComparison.Ordinal);

        await new ElbApi(_server.Url).CallAsync("Action=DeleteLoadBalancer&LoadBalancerName=Named", Token);
        Assert.Contains("status: NXDOMAIN", await DigAsync(_name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unbound_finds_them_by_the_lines_of_the_documentation()
    {
        Installed.OrSkip(File.Exists("/usr/sbin/unbound"), "/usr/sbin/unbound is missing (apt install unbound).");
        var port = Ports.Free(IPAddress.Loopback);
        var file = Path.Combine(_server.DataDirectory, "unbound.conf");
        await File.WriteAllTextAsync(
            file,
            $"""
            server:
              interface: 127.0.0.1@{port}
              do-daemonize: no
              use-syslog: no
              chroot: ""
              username: ""
              pidfile: ""
              directory: "{_server.DataDirectory}"
              use-caps-for-id: yes
              qname-minimisation-strict: yes
              do-not-query-localhost: no
              domain-insecure: "elb.test"
              local-zone: "test." nodefault
            forward-zone:
              name: "elb.test"
              forward-addr: 127.0.0.1@{_port}
            remote-control:
              control-enable: no
            """,
            Token);
        await IsFoundByAsync("/usr/sbin/unbound", ["-d", "-c", file], port);
    }

    [Fact]
    public async Task Dnsmasq_finds_them_by_the_line_of_the_documentation()
    {
        var port = Ports.Free(IPAddress.Loopback);
        await IsFoundByAsync(
            "/usr/sbin/dnsmasq",
            [
                "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--bind-interfaces", "--user=", "--pid-file=",
                "--listen-address=127.0.0.1", $"--port={port}", $"--server=/elb.test/127.0.0.1#{_port}",
            ],
            port);
    }

    [Fact]
    public async Task A_place_that_is_taken_is_told()
    {
        var taken = await ChildProcess.RunAsync(
            CloudLbProcess.Executable, ["serve", "--Ephemeral", "--Dns:Listen", $"127.0.0.1:{_port}"], [], Token);

        Assert.NotEqual(0, taken.ExitCode);
        Assert.Contains($"CloudLb cannot answer DNS at 127.0.0.1:{_port}: Address already in use.", taken.Error, StringComparison.Ordinal);
    }

    private async Task IsFoundByAsync(string resolver, string[] arguments, int port)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(resolver, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await Wait.ForAsync(
                async () => (await ChildProcess.RunAsync(
                    "dig", ["+short", "+time=1", "+tries=1", "@127.0.0.1", "-p", $"{port}", _name], [], Token)).Output.Trim(),
                answer => answer == _address, Token);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private async Task<string> DigAsync(params string[] arguments) =>
        (await RunAsync("dig", ["@127.0.0.1", "-p", $"{_port}", .. arguments])).Trim();

    private static async Task<string> RunAsync(string program, params string[] arguments) =>
        (await ChildProcess.RunAsync(program, arguments, [], Token)).Output;
}
