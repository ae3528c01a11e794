using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace CloudLb.Tests.HAProxy;

/// <summary>Load balancers that share an address, and are told apart there by host names.</summary>
public sealed class FrontTests : IAsyncLifetime
{
    private FrontRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await FrontRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Each_request_goes_to_the_load_balancer_of_its_host_on_one_connection_too()
    {
        var (a, b) = (_rig.Web("a", _rig.One, "a.test"), _rig.Web("b", _rig.Two, "b.test", "www.test"));
        await _rig.ApplyAsync(a, b);

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
        await _rig.ApplyAsync(_rig.Web("a", _rig.One, "a.test"));

        var headers = await _rig.GetAsync("a.test", "/headers");

        Assert.Contains("X-Forwarded-For: 127.0.0.1", headers, StringComparison.Ordinal);
        Assert.Contains($"X-Forwarded-Port: {Plans.Port}", headers, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-Proto: http", headers, StringComparison.Ordinal);
        Assert.Contains("Host: a.test", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_access_log_knows_the_client_that_came_by_the_front()
    {
        var web = _rig.Web("a", _rig.One, "a.test") with { IsLogged = true };
        await _rig.ApplyAsync(web);
        var source = Loopback.Next();
        using var client = new TcpClient(new IPEndPoint(source, 0));
        await client.ConnectAsync(_rig.Shared, Plans.Port, TestContext.Current.CancellationToken);

        await LoggedRequests.SendAsync(client.GetStream(), "GET /logged HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

        var entry = Assert.Single(await LoggedRequests.Log(_rig.Running).ReadAsync(1));
        Assert.Equal((web.Id, Plans.Port, "/logged"), (entry.LoadBalancer, entry.Port, entry.Request!.Target));
        Assert.Equal(source, entry.Client.Address);
        Assert.Equal(200, entry.Status);
    }

    [Fact]
    public async Task Who_may_not_connect_to_a_listener_may_not_by_its_host_name()
    {
        var (a, b) = (_rig.Web("a", _rig.One, "a.test"), _rig.Web("b", _rig.Two, "b.test"));
        await _rig.ApplyAsync(
            a with { Listeners = [a.Listeners[0] with { AllowedSources = ["10.0.0.0/8"] }] },
            b with { Listeners = [b.Listeners[0] with { AllowedSources = ["127.0.0.0/8"] }] });

        Assert.NotEqual("one", await _rig.TryGetAsync("a.test"));
        Assert.Equal("two", await _rig.TryGetAsync("b.test"));
    }

    [Fact]
    public async Task A_TLS_connection_goes_by_its_name_and_a_request_for_the_host_of_another_is_misdirected()
    {
        var (certificateOfA, certificateOfB) = (TestCertificate.SelfSigned("a.test"), TestCertificate.SelfSigned("b.test"));
        var (tlsOfA, tlsOfB) = (_rig.Running.Certificates.Add(certificateOfA), _rig.Running.Certificates.Add(certificateOfB));
        await _rig.ApplyAsync(
            _rig.Web("a", _rig.One, "a.test", "also-a.test").Secure(Plans.Tls(tlsOfA)),
            _rig.Web("b", _rig.Two, "b.test").Secure(Plans.Tls(tlsOfB)));

        Assert.Equal(("a.test", "200 one"), await AskSecureAsync("A.test", "a.test"));
        Assert.Equal(("b.test", "200 two"), await AskSecureAsync("b.test", "b.test"));
        Assert.Equal(("a.test", "200 one"), await AskSecureAsync("a.test", "also-a.test:8080"));
        Assert.Equal(("a.test", "421 "), await AskSecureAsync("a.test", "b.test"));
        await Assert.ThrowsAnyAsync<IOException>(() => AskSecureAsync("unknown.test", "a.test"));
    }

    [Fact]
    public async Task A_TCP_listener_is_at_the_shared_address_by_its_port_alone()
    {
        await _rig.ApplyAsync(_rig.Web("a", _rig.One).AsTcp());

        Assert.Equal("one", await TestRequests.GetAsync(new($"http://{_rig.Shared}:{Plans.Port}/")));
        Assert.False(Directory.Exists(_rig.FrontDirectory));
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_told_and_the_rest_is_served()
    {
        using (TestRequests.Listen(_rig.Shared, Plans.Port))
        {
            var web = _rig.Web("a", _rig.One, "a.test");
            await _rig.ApplyAsync(web);
            Assert.Equal("one", await TestRequests.GetAsync(web.Url()));
            Assert.Contains(
                _rig.Running.Log.Lines, line => line.Contains($"{_rig.Shared}:{Plans.Port} is already in use", StringComparison.Ordinal));
        }

        // A program that is just being started by another test has the socket for a moment yet.
        await Eventually.IsTrueAsync(
            async () =>
            {
                await _rig.Running.ReapplyAsync();
                return await _rig.TryGetAsync("a.test") == "one";
            },
            "served by its name");
    }

    /// <summary>Status and body of each answer, on one connection.</summary>
    private async Task<string[]> AskAsync(params string[] requests)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_rig.Shared, Plans.Port, TestContext.Current.CancellationToken);
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
        await client.ConnectAsync(_rig.Shared, Plans.Port, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = serverName }, TestContext.Current.CancellationToken);
        var answers = await AskAsync(stream, $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        return (stream.RemoteCertificate!.Subject["CN=".Length..], answers.Single());
    }
}
