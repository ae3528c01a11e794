using System.Diagnostics;
using System.Net;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Names;

/// <summary>Names that are published to a name server: Debian's BIND, with a zone that a key may change.</summary>
public sealed class PublishedNamesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clb-names-");
    private readonly int _port = Ports.Free(IPAddress.Loopback);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_name_is_at_the_server_as_long_as_its_load_balancer_is_there()
    {
        Installed.OrSkip(File.Exists("/usr/sbin/named"), "/usr/sbin/named is missing (apt install bind9).");
        Installed.OrSkip(File.Exists("/usr/bin/nsupdate"), "/usr/bin/nsupdate is missing (apt install bind9-dnsutils).");
        Write("key", "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0");
        await using var server = await StartAsync("key");
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("first", 80, Token);
        await Wait.ForAsync(
            () => Task.FromResult(server.Output),
            output => output.Contains($"127.0.0.1:{_port} does not take names of elb.test", StringComparison.Ordinal), Token);

        using var named = Named();
        try
        {
            var first = (await server.StatusAsync("first", Token))!;
            await Wait.ForAsync(() => DigAsync(first.DnsName), answer => answer == $"60 A {first.Address}", Token);

            await api.CreateWebAsync("second", 80, Token);
            var second = (await server.StatusAsync("second", Token))!;
            await Wait.ForAsync(() => DigAsync(second.DnsName), answer => answer == $"60 A {second.Address}", Token);
            await api.CallAsync("Action=DeleteLoadBalancer&LoadBalancerName=first", Token);
            await Wait.ForAsync(() => DigAsync(first.DnsName), answer => answer.Length == 0, Token);
            Assert.Equal($"60 A {second.Address}", await DigAsync(second.DnsName));

            // What is known to be there outlives a kill: nothing that goes stays behind.
            await server.KillAsync(Token);
            await File.AppendAllLinesAsync(Path.Combine(server.DataDirectory, "published-names"), [$"left-1.us-east-1.elb.test"], Token);
            await UpdateAsync("update add left-1.us-east-1.elb.test. 60 A 10.0.0.1");
            await server.StartAgainAsync(Token);
            await Wait.ForAsync(() => DigAsync("left-1.us-east-1.elb.test"), answer => answer.Length == 0, Token);

            Write("other", "b3RoZXIgb3RoZXIgb3RoZXIgb3RoZXIgb3RoZXI=");
            await using var stranger = await StartAsync("other");
            await new ElbApi(stranger.Url).CreateWebAsync("third", 80, Token);
            await Wait.ForAsync(
                () => Task.FromResult(stranger.Output), output => output.Contains("NOTAUTH", StringComparison.Ordinal), Token);
            Assert.Equal("", await DigAsync((await stranger.StatusAsync("third", Token))!.DnsName));
        }
        finally
        {
            named.Kill();
            await named.WaitForExitAsync(CancellationToken.None);
        }
    }

    private string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    private void Write(string name, string secret) =>
        File.WriteAllText(InDirectory(name), $"key \"cloudlb\" {{ algorithm hmac-sha256; secret \"{secret}\"; }};\n");

    private Task<CloudLbProcess> StartAsync(string key) => CloudLbProcess.StartAsync(
        Token, ("DnsSuffix", "elb.test"), ("DnsPublishing:Server", $"127.0.0.1:{_port}"), ("DnsPublishing:KeyFile", InDirectory(key)));

    private Process Named()
    {
        File.WriteAllText(
            InDirectory("zone"),
            "$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n");
        File.WriteAllText(
            InDirectory("named.conf"),
            $$"""
            include "{{InDirectory("key")}}";
            controls {};
            options {
              directory "{{_directory.FullName}}";
              pid-file none;
              session-keyfile none;
              listen-on port {{_port}} { 127.0.0.1; };
              listen-on-v6 { none; };
              recursion no;
              dnssec-validation no;
            };
            zone "elb.test" { type primary; file "zone"; update-policy { grant cloudlb zonesub A AAAA; }; };
            """);
        var process = Process.Start(new ProcessStartInfo("/usr/sbin/named", ["-g", "-n", "1", "-c", InDirectory("named.conf")])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>TTL, type and address; empty where there is none, or nobody.</summary>
    private async Task<string> DigAsync(string name)
    {
        var answer = await ChildProcess.RunAsync(
            "dig", ["+noall", "+answer", "+time=1", "+tries=1", "@127.0.0.1", "-p", $"{_port}", name], [], Token);
        return answer.ExitCode != 0
            ? "unanswered"
            : string.Join(
                ' ', answer.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(word => word != "IN"));
    }

    private async Task UpdateAsync(string line)
    {
        var file = InDirectory("update");
        await File.WriteAllTextAsync(file, $"server 127.0.0.1 {_port}\nzone elb.test.\n{line}\nsend\n", Token);
        var done = await ChildProcess.RunAsync("nsupdate", ["-k", InDirectory("key"), file], [], Token);
        Assert.True(done.ExitCode == 0, done.Error);
    }
}
