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

    [Fact]
    public async Task A_name_has_every_address_of_its_load_balancer_there_and_not_those_that_leave()
    {
        Installed.OrSkip(File.Exists("/usr/sbin/named"), "/usr/sbin/named is missing (apt install bind9).");
        Installed.OrSkip(File.Exists("/usr/bin/nsupdate"), "/usr/bin/nsupdate is missing (apt install bind9-dnsutils).");
        Write("key", "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0");
        await File.WriteAllTextAsync(
            InDirectory("inventory.json"),
            """
            {
              "vpcs": { "vpc-0a": { "default": true } },
              "subnets": {
                "subnet-0a": { "zone": "us-east-1a", "vpc": "vpc-0a" }, "subnet-0b": { "zone": "us-east-1b", "vpc": "vpc-0a" }
              }
            }
            """,
            Token);
        await using var server = await StartAsync(
            "key", ("Inventory:File", InDirectory("inventory.json")), ("SubnetAddressPools:subnet-0a:0", $"{Ports.Network()}.0/24"),
            ("SubnetAddressPools:subnet-0b:0", $"{Ports.Network()}.0/24"));
        using var named = Named();
        try
        {
            await new V2Calls(new ElbApi(server.Url)).CallAsync(
                "Action=CreateLoadBalancer&Name=both&Subnets.member.1=subnet-0a&Subnets.member.2=subnet-0b");
            var api = new ElbApi(server.Url);
            await api.CallAsync(
                "Action=CreateLoadBalancer&LoadBalancerName=web&Subnets.member.1=subnet-0a&Subnets.member.2=subnet-0b" +
                "&Listeners.member.1.Protocol=TCP&Listeners.member.1.LoadBalancerPort=8080&Listeners.member.1.InstancePort=8080", Token);
            foreach (var name in new[] { "both", "web" })
            {
                var status = (await server.StatusAsync(name, Token))!;
                var addresses = status.Addresses!.Select(each => each.Address).Order(StringComparer.Ordinal).ToList();
                Assert.Equal(2, addresses.Count);
                await Wait.ForAsync(() => AddressesAsync(status.DnsName), found => found.SequenceEqual(addresses), Token);
            }

            await api.CallAsync("Action=DetachLoadBalancerFromSubnets&LoadBalancerName=web&Subnets.member.1=subnet-0a", Token);
            var web = (await server.StatusAsync("web", Token))!;
            await Wait.ForAsync(() => DigAsync(web.DnsName), answer => answer == $"60 A {web.Address}", Token);
            Assert.Equal("Leaving", web.Addresses!.Single(each => each.Address != web.Address).State);
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

    private Task<CloudLbProcess> StartAsync(string key, params (string Name, string Value)[] settings) => CloudLbProcess.StartAsync(
        Token,
        [
            ("DnsSuffix", "elb.test"), ("DnsPublishing:Server", $"127.0.0.1:{_port}"), ("DnsPublishing:KeyFile", InDirectory(key)),
            .. settings,
        ]);

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

    private async Task<IReadOnlyList<string>> AddressesAsync(string name) =>
    [
        .. (await DigAsync(name)).Split(' ').Where(word => IPAddress.TryParse(word, out _) && word.Contains('.', StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private async Task UpdateAsync(string line)
    {
        var file = InDirectory("update");
        await File.WriteAllTextAsync(file, $"server 127.0.0.1 {_port}\nzone elb.test.\n{line}\nsend\n", Token);
        var done = await ChildProcess.RunAsync("nsupdate", ["-k", InDirectory("key"), file], [], Token);
        Assert.True(done.ExitCode == 0, done.Error);
    }
}
