using System.Net;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Names;

/// <summary>Load balancers of the real server at an address that they share, asked for by their names.</summary>
[Collection("Port 80")]
public sealed class SharedAddressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_laptop_curl_finds_every_load_balancer_by_its_DNS_name_with_nothing_set_up()
    {
        Assert.SkipUnless(Ports.Http == 80 && IsFree(80), "Port 80 of this machine's 127.0.0.1 is not to be had.");
        await using var server = await CloudLbProcess.StartAsync(Token, ("SharedAddress:Enabled", "true"));
        await using var backends = await Backends.StartAsync(server);

        foreach (var (name, backend) in backends.All)
        {
            var dnsName = (await server.StatusAsync(name, Token))!.DnsName;
            Assert.EndsWith(".us-east-1.elb.localhost", dnsName, StringComparison.Ordinal);
            Assert.Equal(backend.Address, await CurlAsync($"http://{dnsName}/"));
        }

        var application = await NamedApplication.CreateAsync(backends.Api, "v2-one", 80, backends.One, Token);
        Assert.EndsWith(".us-east-1.elb.localhost", application.DnsName, StringComparison.Ordinal);
        await Wait.ForAsync(
            () => CurlAsync($"http://{application.DnsName}/"), answer => answer == backends.One.Address, Token);

        // What listens there leads to load balancers: as an instance it would lead to itself.
        await backends.Api.CallAsync(
            "Action=CreateLoadBalancer&LoadBalancerName=loop&AvailabilityZones.member.1=us-east-1a&Listeners.member.1.Protocol=HTTP"
            + "&Listeners.member.1.LoadBalancerPort=8080&Listeners.member.1.InstancePort=80",
            Token);
        var refused = await backends.Api.SendAsync(
            "Action=RegisterInstancesWithLoadBalancer&LoadBalancerName=loop&Instances.member.1.InstanceId=127.0.0.1&Version=2012-06-01",
            Token);
        Assert.Equal((400, "InvalidInstance"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Host_names_are_claimed_by_tag_and_ports_of_the_shared_address_are_of_one_kind()
    {
        var shared = $"{Ports.Network()}.1";
        await using var server = await CloudLbProcess.StartAsync(
            Token,
            ("SharedAddress:Enabled", "true"), ("SharedAddress:Address", shared), ("DnsSuffix", "elb.test"),
            ($"SharedAddress:Domains:{Account.First.Id}", "example.com"));
        await using var backends = await Backends.StartAsync(server);
        var api = backends.Api;
        var other = new ElbApi(server.Url, Account.Second);
        await other.CreateWebAsync("theirs", backends.One.Port, Token);

        await TagAsync(api, "one", "shop.example.com www.example.com");
        await Wait.ForAsync(
            () => AskAsync(shared, "shop.example.com"), answer => answer == backends.One.Address, Token);
        Assert.Equal(backends.Two.Address, await AskAsync(shared, (await server.StatusAsync("two", Token))!.DnsName));

        await IsRefusedAsync(api, "two", "shop.example.com", "ValidationError", "belongs to another load balancer");
        await IsRefusedAsync(api, "two", "shop.example.net", "ValidationError", "may not claim");
        await IsRefusedAsync(api, "two", "-x.example.com", "ValidationError", "is not a host name");
        await IsRefusedAsync(api, "two", (await server.StatusAsync("one", Token))!.DnsName, "ValidationError", "may not claim");
        await IsRefusedAsync(other, "theirs", "other.example.com", "ValidationError", "may not claim");

        await api.CallAsync("Action=RemoveTags&LoadBalancerNames.member.1=one&Tags.member.1.Key=cloudlb:hostnames", Token);
        await TagAsync(api, "two", "shop.example.com");
        await Wait.ForAsync(
            () => AskAsync(shared, "shop.example.com"), answer => answer == backends.Two.Address, Token);

        const string Listeners = "Action=CreateLoadBalancerListeners&LoadBalancerName=two&Listeners.member.1.Protocol=TCP"
            + "&Listeners.member.1.InstancePort=99&Version=2012-06-01";
        var clash = await api.SendAsync($"{Listeners}&Listeners.member.1.LoadBalancerPort={Ports.Http}", Token);
        Assert.Equal("DuplicateListener", clash.Code);
        await api.CallAsync("Action=DeleteLoadBalancerListeners&LoadBalancerName=two&LoadBalancerPorts.member.1=" + Ports.Http, Token);
        clash = await api.SendAsync($"{Listeners}&Listeners.member.1.LoadBalancerPort={Ports.Http}", Token);
        Assert.Equal("InvalidConfigurationRequest", clash.Code);
        Assert.Contains($"Port {Ports.Http} of the shared address {shared} is taken", clash.Message, StringComparison.Ordinal);
        await api.CallAsync($"{Listeners}&Listeners.member.1.LoadBalancerPort=2525", Token);
        clash = await other.SendAsync(
            $"{Listeners.Replace("=two", "=theirs", StringComparison.Ordinal)}&Listeners.member.1.LoadBalancerPort=2525", Token);
        Assert.Equal("InvalidConfigurationRequest", clash.Code);

        await ApplicationAndNetworkOnesTakePartAsync(server, api, shared, backends);
    }

    /// <summary>Two is called shop.example.com and has the port 2525 by now.</summary>
    private static async Task ApplicationAndNetworkOnesTakePartAsync(
        CloudLbProcess server, ElbApi api, string shared, Backends backends)
    {
        var application = await NamedApplication.CreateAsync(api, "v2-one", Ports.Http, backends.One, Token);
        await Wait.ForAsync(() => AskAsync(shared, application.DnsName), answer => answer == backends.One.Address, Token);
        Assert.Contains("belongs to another", (await application.TagAsync("shop.example.com")).Message, StringComparison.Ordinal);
        Assert.Equal("ValidationError", (await application.TagAsync("shop.example.net")).Code);
        Assert.Equal(200, (await application.TagAsync("v2.example.com")).Status);
        await Wait.ForAsync(() => AskAsync(shared, "v2.example.com"), answer => answer == backends.One.Address, Token);
        await IsRefusedAsync(api, "two", "v2.example.com", "ValidationError", "belongs to another load balancer");

        // By the name of the handshake, and on such a connection for its own hosts alone.
        var certificate = await ServerCertificateFiles.New("v2.example.com").UploadAsync(server.Url, "v2", Token);
        Assert.Equal(200, (await application.ListenSecurelyAsync(8443, certificate)).Status);
        string[] resolved = ["--insecure", "--resolve", $"v2.example.com:8443:{shared}"];
        await Wait.ForAsync(
            () => CurlAsync("https://v2.example.com:8443/", resolved), answer => answer == backends.One.Address, Token);
        Assert.Equal(
            "421",
            await CurlAsync(
                "https://v2.example.com:8443/",
                [.. resolved, "--output", "/dev/null", "--write-out", "%{http_code}", "--header", "Host: shop.example.com"]));

        var network = await NamedApplication.CreateAsync(api, "v2-net", 0, backends.Two, Token, isNetwork: true);
        Assert.Contains("has no effect", (await network.TagAsync("tcp.example.com")).Message, StringComparison.Ordinal);
        foreach (var port in new[] { Ports.Http, 2525 })
        {
            var clash = await network.ListenAsync(port);
            Assert.Equal("InvalidConfigurationRequest", clash.Code);
            Assert.Contains($"Port {port} of the shared address {shared} is taken", clash.Message, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await network.ListenAsync(2526)).Status);
        await Wait.ForAsync(
            () => CurlAsync($"http://{shared}:2526/"), answer => answer == backends.Two.Address, Token);
        Assert.Equal("InvalidConfigurationRequest", (await application.ListenAsync(2526)).Code);
    }

    [Fact]
    public async Task Without_a_shared_address_host_names_are_refused()
    {
        await using var server = await CloudLbProcess.StartAsync(Token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("alone", 81, Token);

        await IsRefusedAsync(api, "alone", "shop.localhost", "ValidationError", "there is no shared address here");
    }

    private static Task TagAsync(ElbApi api, string name, string hosts) => api.CallAsync(Tags(name, hosts), Token);

    private static async Task IsRefusedAsync(ElbApi api, string name, string hosts, string code, string reason)
    {
        var answer = await api.SendAsync($"{Tags(name, hosts)}&Version=2012-06-01", Token);
        Assert.Equal(code, answer.Code);
        Assert.Contains(reason, answer.Message, StringComparison.Ordinal);
    }

    private static string Tags(string name, string hosts) => $"Action=AddTags&LoadBalancerNames.member.1={name}"
        + $"&Tags.member.1.Key=cloudlb:hostnames&Tags.member.1.Value={Uri.EscapeDataString(hosts)}";

    private static Task<string> AskAsync(string address, string host) =>
        CurlAsync($"http://{host}:{Ports.Http}/", "--resolve", $"{host}:{Ports.Http}:{address}");

    private static async Task<string> CurlAsync(string url, params string[] arguments) =>
        (await ChildProcess.RunAsync("curl", ["--silent", "--max-time", "20", .. arguments, url], [], Token)).Output;

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    /// <summary>Two load balancers, with an instance each that tells its address.</summary>
    private sealed class Backends : IAsyncDisposable
    {
        public required ElbApi Api { get; init; }

        public required Backend One { get; init; }

        public required Backend Two { get; init; }

        public IEnumerable<(string Name, Backend Backend)> All => [("one", One), ("two", Two)];

        public static async Task<Backends> StartAsync(CloudLbProcess server)
        {
            var one = await Backend.StartAsync(Token);
            var two = await Backend.StartAsync(Token);
            var backends = new Backends { Api = new(server.Url), One = one, Two = two };
            foreach (var (name, backend) in backends.All)
            {
                await backends.Api.ServeAsync(name, backend, Token);
            }

            return backends;
        }

        public async ValueTask DisposeAsync()
        {
            await One.DisposeAsync();
            await Two.DisposeAsync();
        }
    }
}
