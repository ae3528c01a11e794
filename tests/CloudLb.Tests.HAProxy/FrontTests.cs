using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>Load balancers that share an address, and are told apart there by host names.</summary>
public sealed class FrontTests : IAsyncLifetime
{
    /// <summary>SIGSTOP.</summary>
    private const int Stop = 19;

    private readonly IPAddress _shared = Loopback.Next();
    private RunningDataPlane _running = null!;
    private TestInstance _one = null!;
    private TestInstance _two = null!;

    private string FrontDirectory => Path.Combine(_running.Directory, "haproxy", "front");

    public async ValueTask InitializeAsync()
    {
        _running = await RunningDataPlane.StartAsync();
        _one = await TestInstance.StartAsync("one");
        _two = await TestInstance.StartAsync("two");
    }

    public async ValueTask DisposeAsync()
    {
        await _running.DisposeAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task Each_request_goes_to_the_load_balancer_of_its_host_on_one_connection_too()
    {
        var (a, b) = (Web("a", _one, "a.test"), Web("b", _two, "b.test", "www.test"));
        await ApplyAsync(a, b);

        var answers = await AskAsync(
            "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: B.Test:{Plans.Port}\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: www.test\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: c.test\r\nConnection: close\r\n\r\n");

        Assert.Equal(["200 one", "200 two", "200 two", "421 "], answers);
    }

    [Fact]
    public async Task An_instance_is_told_of_the_client_and_of_the_port_that_it_came_to()
    {
        await ApplyAsync(Web("a", _one, "a.test"));

        var headers = await GetAsync("a.test", "/headers");

        Assert.Contains("X-Forwarded-For: 127.0.0.1", headers, StringComparison.Ordinal);
        Assert.Contains($"X-Forwarded-Port: {Plans.Port}", headers, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-Proto: http", headers, StringComparison.Ordinal);
        Assert.Contains("Host: a.test", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_access_log_knows_the_client_that_came_by_the_front()
    {
        var web = Web("a", _one, "a.test") with { IsLogged = true };
        await ApplyAsync(web);
        var source = Loopback.Next();
        using var client = new TcpClient(new IPEndPoint(source, 0));
        await client.ConnectAsync(_shared, Plans.Port, TestContext.Current.CancellationToken);

        await LoggedRequests.SendAsync(client.GetStream(), "GET /logged HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

        var entry = Assert.Single(await LoggedRequests.Log(_running).ReadAsync(1));
        Assert.Equal((web.Id, Plans.Port, "/logged"), (entry.LoadBalancer, entry.Port, entry.Request!.Target));
        Assert.Equal(source, entry.Client.Address);
        Assert.Equal(200, entry.Status);
    }

    [Fact]
    public async Task Who_may_not_connect_to_a_listener_may_not_by_its_host_name()
    {
        var (a, b) = (Web("a", _one, "a.test"), Web("b", _two, "b.test"));
        await ApplyAsync(
            a with { Listeners = [a.Listeners[0] with { AllowedSources = ["10.0.0.0/8"] }] },
            b with { Listeners = [b.Listeners[0] with { AllowedSources = ["127.0.0.0/8"] }] });

        Assert.NotEqual("one", await TryGetAsync("a.test"));
        Assert.Equal("two", await TryGetAsync("b.test"));
    }

    [Fact]
    public async Task Load_balancers_and_names_come_and_go_in_the_process_that_there_is_and_no_request_is_lost()
    {
        var (a, b) = (Web("a", _one, "a.test"), Web("b", _two, "b.test"));
        await ApplyAsync(a);
        var process = FrontProcess();
        await using var traffic = Traffic.Start(Url("a.test"), clients: 4, closesConnections: false, host: "a.test");
        await using var others = Traffic.Start(Url("a.test"), clients: 2, closesConnections: true, host: "a.test");
        for (var round = 0; round < 5; round++)
        {
            await ApplyAsync(a, b);
            await Eventually.IsTrueAsync(async () => await GetAsync("b.test") == "two", "served by its name");
            await _running.ApplyAsync(a, b with { HostNames = ["c.test"] });
            Assert.Equal("two", await GetAsync("c.test"));
            Assert.Equal(421, await StatusAsync("b.test"));
            await _running.ApplyAsync(a);
            Assert.Equal(421, await StatusAsync("c.test"));
        }

        Assert.Equal(process, FrontProcess());
        Assert.Empty((await traffic.StopAsync()).Failures);
        Assert.Empty((await others.StopAsync()).Failures);
    }

    [Fact]
    public async Task A_front_that_is_killed_is_started_again()
    {
        await ApplyAsync(Web("a", _one, "a.test"), Web("b", _two, "b.test"));
        var process = FrontProcess();
        _running.Reconcile();

        TestRequests.Kill(process);

        await Eventually.IsTrueAsync(async () => await TryGetAsync("b.test") == "two", "served again");
        Assert.NotEqual(process, FrontProcess());
    }

    [Fact]
    public async Task A_front_that_hangs_is_noticed_and_replaced()
    {
        await _running.DisposeAsync();
        _running = await RunningDataPlane.StartAsync(null, ("PollInterval", "00:00:01"), ("CommandTimeout", "00:00:02"));
        await ApplyAsync(Web("a", _one, "a.test"), Web("b", _two, "b.test"));
        var process = FrontProcess();
        _running.Reconcile();

        NativeMethods.Signal(process, Stop);

        await Eventually.IsTrueAsync(() => ProcessList.Under(FrontDirectory) is [var next] && next != process, "replaced");
        await Eventually.IsTrueAsync(async () => await TryGetAsync("b.test") == "two", "served again");
        Assert.Contains(_running.Log.Lines, line => line.Contains("gives no sign of life", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_CloudLb_takes_the_front_over_and_no_request_is_lost()
    {
        var (a, b) = (Web("a", _one, "a.test"), Web("b", _two, "b.test"));
        await ApplyAsync(a, b);
        await using var traffic = Traffic.Start(Url("a.test"), clients: 4, closesConnections: false, host: "a.test");
        await using var others = Traffic.Start(Url("a.test"), clients: 2, closesConnections: true, host: "a.test");
        await _running.CrashAsync();
        Assert.Equal("two", await GetAsync("b.test"));

        _running = await RunningDataPlane.StartAsync(_running.Directory);
        await _running.ApplyAsync(a with { HostNames = ["a.test", "new.test"] });

        await Eventually.IsTrueAsync(async () => await GetAsync("new.test") == "one", "served by its new name");
        Assert.Equal(421, await StatusAsync("b.test"));
        Assert.Empty((await traffic.StopAsync()).Failures);
        Assert.Empty((await others.StopAsync()).Failures);
    }

    [Fact]
    public async Task A_TLS_connection_goes_by_its_name_and_a_request_for_the_host_of_another_is_misdirected()
    {
        var (certificateOfA, certificateOfB) = (TestCertificate.SelfSigned("a.test"), TestCertificate.SelfSigned("b.test"));
        var (tlsOfA, tlsOfB) = (_running.Certificates.Add(certificateOfA), _running.Certificates.Add(certificateOfB));
        await ApplyAsync(
            Web("a", _one, "a.test", "also-a.test").Secure(Plans.Tls(tlsOfA)), Web("b", _two, "b.test").Secure(Plans.Tls(tlsOfB)));

        Assert.Equal(("a.test", "200 one"), await AskSecureAsync("A.test", "a.test"));
        Assert.Equal(("b.test", "200 two"), await AskSecureAsync("b.test", "b.test"));
        Assert.Equal(("a.test", "200 one"), await AskSecureAsync("a.test", "also-a.test:8080"));
        Assert.Equal(("a.test", "421 "), await AskSecureAsync("a.test", "b.test"));
        await Assert.ThrowsAnyAsync<IOException>(() => AskSecureAsync("unknown.test", "a.test"));
    }

    [Fact]
    public async Task A_TCP_listener_is_at_the_shared_address_by_its_port_alone()
    {
        await ApplyAsync(Web("a", _one).AsTcp());

        Assert.Equal("one", await TestRequests.GetAsync(new($"http://{_shared}:{Plans.Port}/")));
        Assert.False(Directory.Exists(FrontDirectory));
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_told_and_the_rest_is_served()
    {
        using (TestRequests.Listen(_shared, Plans.Port))
        {
            var web = Web("a", _one, "a.test");
            await ApplyAsync(web);
            Assert.Equal("one", await TestRequests.GetAsync(web.Url()));
            Assert.Contains(
                _running.Log.Lines, line => line.Contains($"{_shared}:{Plans.Port} is already in use", StringComparison.Ordinal));
        }

        // A program that is just being started by another test has the socket for a moment yet.
        await Eventually.IsTrueAsync(
            async () =>
            {
                await _running.ReapplyAsync();
                return await TryGetAsync("a.test") == "one";
            },
            "served by its name");
    }

    private PlannedLoadBalancer Web(string name, TestInstance instance, params string[] names) =>
        Plans.LoadBalancer(name, instance.Planned()).Checked(Plans.FastProbe).SharedAt(_shared, names);

    private async Task ApplyAsync(params PlannedLoadBalancer[] loadBalancers)
    {
        await _running.ApplyAsync(loadBalancers);
        foreach (var loadBalancer in loadBalancers)
        {
            await _running.IsPassingAsync(loadBalancer, [.. loadBalancer.Pools[0].Members.Select(member => member.Target)]);
        }
    }

    private int FrontProcess() => Assert.Single(ProcessList.Under(FrontDirectory));

    private Uri Url(string host, string path = "/") => new($"http://{_shared}:{Plans.Port}{path}?{host}");

    private async Task<HttpResponseMessage> SendAsync(string host, string path = "/")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(host, path));
        request.Headers.Host = host;
        return await TestRequests.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<string> GetAsync(string host, string path = "/")
    {
        using var response = await SendAsync(host, path);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<int> StatusAsync(string host)
    {
        using var response = await SendAsync(host);
        return (int)response.StatusCode;
    }

    private async Task<string?> TryGetAsync(string host)
    {
        try
        {
            return await GetAsync(host);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Status and body of each answer, on one connection.</summary>
    private async Task<string[]> AskAsync(params string[] requests)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_shared, Plans.Port, TestContext.Current.CancellationToken);
        return await AskAsync(client.GetStream(), requests);
    }

    private static async Task<string[]> AskAsync(Stream stream, params string[] requests)
    {
        var answers = new List<string>();
        using var reader = new StreamReader(stream, leaveOpen: true);
        foreach (var request in requests)
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
            var (status, length, isChunked) = ("", 0, false);
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.Length == 0)
                {
                    break;
                }

                status = line.StartsWith("HTTP/", StringComparison.Ordinal) ? line.Split(' ')[1] : status;
                length = line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase) ? int.Parse(line[16..]) : length;
                isChunked |= line.StartsWith("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
            }

            if (isChunked)
            {
                var body = "";
                while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } size and not "0")
                {
                    body += await reader.ReadLineAsync(TestContext.Current.CancellationToken);
                }

                await reader.ReadLineAsync(TestContext.Current.CancellationToken);
                answers.Add($"{status} {body}");
                continue;
            }

            var text = new char[length];
            await reader.ReadBlockAsync(text, TestContext.Current.CancellationToken);
            answers.Add(status.Length > 0 ? $"{status} {new string(text)}" : throw new IOException("No answer came."));
        }

        return [.. answers];
    }

    /// <summary>The name in the certificate that is shown, and status and body.</summary>
    private async Task<(string Certificate, string Answer)> AskSecureAsync(string serverName, string host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_shared, Plans.Port, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = serverName }, TestContext.Current.CancellationToken);
        var answers = await AskAsync(stream, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        return (stream.RemoteCertificate!.Subject["CN=".Length..], answers.Single());
    }
}
