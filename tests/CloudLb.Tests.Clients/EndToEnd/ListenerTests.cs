using System.Net;
using System.Net.Sockets;
using System.Text;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class ListenerTests(SharedServer server)
{
    [Fact]
    public async Task Load_balancers_listen_on_the_same_port_side_by_side()
    {
        var token = TestContext.Current.CancellationToken;
        var backends = new List<Backend>();
        try
        {
            foreach (var number in Enumerable.Range(1, 4))
            {
                var backend = await Backend.StartAsync(token);
                backends.Add(backend);
                await server.Api.CreateWebAsync($"side-{number}", backend.Port, token);
                await server.Api.RegisterAsync($"side-{number}", backend.Address, token);
            }

            foreach (var (index, backend) in backends.Index())
            {
                var url = await server.Process.TrafficUrlAsync($"side-{index + 1}", token);
                Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(url, 200, token));
            }
        }
        finally
        {
            foreach (var backend in backends)
            {
                await backend.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Requests_are_spread_over_all_instances()
    {
        var token = TestContext.Current.CancellationToken;
        await using var first = await Backend.StartAsync(token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", first.Port, token);
        await server.Api.CreateWebAsync("spread", first.Port, token);
        await server.Api.RegisterAsync("spread", first.Address, token);
        await server.Api.RegisterAsync("spread", second.Address, token);
        await server.Api.BecomesAsync("spread", first.Address, "InService", token);
        await server.Api.BecomesAsync("spread", second.Address, "InService", token);
        var url = await server.Process.TrafficUrlAsync("spread", token);

        var answers = new List<(int Status, string Body)>();
        for (var request = 0; request < 20; request++)
        {
            answers.Add(await Traffic.GetAsync(url, token));
        }

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(new[] { first.Address, second.Address }.Order(), answers.Select(answer => answer.Body).Distinct().Order());
    }

    [Fact]
    public async Task An_http_listener_tells_the_instance_who_asked_and_how()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        await server.Api.CreateWebAsync("forwarded", backend.Port, token);
        await server.Api.RegisterAsync("forwarded", backend.Address, token);
        var url = new Uri(await server.Process.TrafficUrlAsync("forwarded", token), "forwarded");
        var plain = await Traffic.AnswersAsync(url, 200, token);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var behindAnother = await http.GetStringAsync(url, token);

        Assert.Equal($"127.0.0.1|{Ports.Http}|http", plain.Body);
        Assert.Equal($"203.0.113.7, 127.0.0.1|{Ports.Http}|http", behindAnother);
    }

    [Fact]
    public async Task A_tcp_listener_carries_bytes_as_they_are()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        await server.Api.CallAsync(
            $"Action=CreateLoadBalancer&LoadBalancerName=tcp&AvailabilityZones.member.1=us-east-1a&Listeners.member.1.Protocol=tcp" +
            $"&Listeners.member.1.LoadBalancerPort=9000&Listeners.member.1.InstancePort={backend.Port}",
            token);
        await server.Api.RegisterAsync("tcp", backend.Address, token);
        var url = new Uri(await server.Process.TrafficUrlAsync("tcp", token, 9000), "forwarded");

        Assert.Equal((200, "||"), await Traffic.AnswersAsync(url, 200, token));
    }

    [Fact]
    public async Task A_pool_of_IPv6_addresses_serves_too()
    {
        var token = TestContext.Current.CancellationToken;
        await using var own = await CloudLbProcess.StartAsync(token, ("AddressPool", "::1/128"));
        await using var backend = await Backend.StartAsync(token);
        var port = Ports.Free(IPAddress.IPv6Loopback);
        var api = new ElbApi(own.Url);
        await api.CallAsync(
            $"Action=CreateLoadBalancer&LoadBalancerName=six&AvailabilityZones.member.1=us-east-1a&Listeners.member.1.Protocol=HTTP" +
            $"&Listeners.member.1.LoadBalancerPort={port}&Listeners.member.1.InstancePort={backend.Port}",
            token);
        await api.RegisterAsync("six", backend.Address, token);

        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(new Uri($"http://[::1]:{port}/"), 200, token));
    }

    [Fact]
    public async Task Instances_come_and_go_without_a_client_noticing()
    {
        var token = TestContext.Current.CancellationToken;
        await using var stays = await Backend.StartAsync(token);
        await using var comes = await Backend.StartAsync($"{Ports.Network()}.1", stays.Port, token);
        await server.Api.CreateWebAsync("changes", stays.Port, token);
        await server.Api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=changes&LoadBalancerAttributes.ConnectionDraining.Enabled=true", token);
        await server.Api.RegisterAsync("changes", stays.Address, token);
        var url = await server.Process.TrafficUrlAsync("changes", token);
        await Traffic.AnswersAsync(url, 200, token);
        await using var steady = new SteadyTraffic(url);

        for (var round = 0; round < 5; round++)
        {
            await server.Api.RegisterAsync("changes", comes.Address, token);
            await Wait.ForAsync(() => Traffic.GetAsync(url, token), answer => answer == (200, comes.Address), token);
            await server.Api.DeregisterAsync("changes", comes.Address, token);
            await steady.MoreAsync(5, token);
        }

        Assert.Empty(steady.Failures);
    }

    [Fact]
    public async Task A_listener_comes_and_goes_without_the_others_noticing()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        await server.Api.CreateWebAsync("listeners", backend.Port, token);
        await server.Api.RegisterAsync("listeners", backend.Address, token);
        var url = await server.Process.TrafficUrlAsync("listeners", token);
        var second = await server.Process.TrafficUrlAsync("listeners", token, 8081);
        await Traffic.AnswersAsync(url, 200, token);
        await using var steady = new SteadyTraffic(url);
        await steady.MoreAsync(5, token);

        await server.Api.CallAsync(
            $"Action=CreateLoadBalancerListeners&LoadBalancerName=listeners&Listeners.member.1.Protocol=HTTP" +
            $"&Listeners.member.1.LoadBalancerPort=8081&Listeners.member.1.InstancePort={backend.Port}",
            token);
        await Traffic.AnswersAsync(second, 200, token);
        await server.Api.CallAsync("Action=DeleteLoadBalancerListeners&LoadBalancerName=listeners&LoadBalancerPorts.member.1=8081", token);
        await Traffic.AnswersAsync(second, 0, token);
        await steady.MoreAsync(5, token);

        Assert.Empty(steady.Failures);
    }

    [Fact]
    public async Task An_instance_slower_than_the_idle_timeout_is_a_504_and_an_idle_connection_is_closed()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        await server.Api.CreateWebAsync("idle", backend.Port, token);
        await server.Api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=idle&LoadBalancerAttributes.ConnectionSettings.IdleTimeout=1", token);
        await server.Api.RegisterAsync("idle", backend.Address, token);
        var url = await server.Process.TrafficUrlAsync("idle", token);
        await Traffic.AnswersAsync(url, 200, token);

        Assert.Equal(504, (await Traffic.GetAsync(new Uri(url, "slow"), token)).Status);

        using var connection = new TcpClient();
        await connection.ConnectAsync(url.Host, url.Port, token);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {url.Host}\r\n\r\n"), token);
        using var reader = new StreamReader(stream);
        var everything = await reader.ReadToEndAsync(token).WaitAsync(TimeSpan.FromSeconds(60), token);
        Assert.StartsWith("HTTP/1.1 200", everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_whose_port_is_taken_is_told_alone_and_served_when_the_port_is_free()
    {
        const int Taken = 8082;
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        await server.Api.CreateWebAsync("taken", backend.Port, token);
        await server.Api.RegisterAsync("taken", backend.Address, token);
        var url = await server.Process.TrafficUrlAsync("taken", token);
        using (var squatter = new TcpListener(IPAddress.Parse(url.Host), Taken))
        {
            squatter.Start();
            await server.Api.CallAsync(
                $"Action=CreateLoadBalancerListeners&LoadBalancerName=taken&Listeners.member.1.Protocol=HTTP" +
                $"&Listeners.member.1.LoadBalancerPort={Taken}&Listeners.member.1.InstancePort={backend.Port}",
                token);

            var status = await Wait.ForAsync(
                () =>
                    server.Process.StatusAsync("taken", token), status =>
                        status!.Listeners.Any(listener => listener.Fault is not null), token);
            Assert.Contains(
                "in use", status!.Listeners.Single(listener => listener.LoadBalancerPort == Taken).Fault, StringComparison.Ordinal);
            Assert.Null(status.Listeners.Single(listener => listener.LoadBalancerPort == Ports.Http).Fault);
            var described = await server.Process.CommandAsync(token, "describe", "taken");
            Assert.Contains(
                $"HTTP:{Taken} -> HTTP:{backend.Port} NOT SERVED: {url.Host}:{Taken} is already in use", described.Output,
                StringComparison.Ordinal);
            await Traffic.AnswersAsync(url, 200, token);
        }

        await Traffic.AnswersAsync(await server.Process.TrafficUrlAsync("taken", token, Taken), 200, token);
        await Wait.ForAsync(
            () => server.Process.StatusAsync("taken", token), status => status!.Listeners.All(listener => listener.Fault is null), token);
    }
}
