using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class ExplainTests(SharedServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_in_service_is_explained_with_its_time_its_check_and_its_sessions()
    {
        await using var backend = await Backend.StartAsync(Token);
        await server.Api.ServeAsync("well", backend, Token);

        var told = await ExplainAsync("well", backend.Address, "Its last check passed: HTTP 200");

        Assert.Equal(0, told.ExitCode);
        Assert.Contains($"{backend.Address} is in service at well, since ", told.Output, StringComparison.Ordinal);
        Assert.Contains("with 0 sessions now.", told.Output, StringComparison.Ordinal);
        Assert.Contains("2 failures in a row would take it out.", told.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"HTTP:{backend.Port}/health every 5 s, with 2 s to answer; out after 2 failures in a row, back after 2 passes in a row",
            told.Output, StringComparison.Ordinal);
        Assert.Contains($"HTTP:{Ports.Http} -> HTTP:{backend.Port}", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("What to do", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_connection_asks_whether_the_program_listens()
    {
        var address = $"{Ports.Network()}.1";
        var port = Ports.Free(IPAddress.Parse(address));
        await server.Api.CreateWebAsync("refused", port, Token);
        await server.Api.RegisterAsync("refused", address, Token);

        var atOnce = await ExplainAsync("refused", address, "refuses connections");
        var later = await ExplainAsync("refused", address, $"Its last check failed: {address} refuses connections on port {port} (\"");

        Assert.Contains("Connection refused", later.Output, StringComparison.Ordinal);
        Assert.All([atOnce, later], told =>
        {
            Assert.Equal(1, told.ExitCode);
            Assert.Contains("it has not passed a check since it was registered", told.Output, StringComparison.Ordinal);
            Assert.Contains("As it is new, its first pass brings it in.", told.Output, StringComparison.Ordinal);
            Assert.Contains($"Is the program listening on port {port} at {address}", told.Output, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_wrong_status_asks_for_the_path_and_an_instance_that_fails_and_recovers_is_counted()
    {
        await using var backend = await Backend.StartAsync(Token);
        await server.Api.ServeAsync("status", backend, Token);

        backend.HealthStatus = 404;
        var failing = await ExplainAsync("status", backend.Address, "It has failed once in a row: 1 more would take it out.");

        // A process that has just begun knows what the one before has found, and not by which check.
        var failed = await ExplainAsync("status", backend.Address, "2 passes in a row bring it back", "answered HTTP 404");
        backend.HealthStatus = 200;
        var recovering = await ExplainAsync("status", backend.Address, "It has passed once in a row: 1 more bring it back.");
        var back = await ExplainAsync("status", backend.Address, "is in service at status, since ");

        Assert.Equal((0, 1, 1, 0), (failing.ExitCode, failed.ExitCode, recovering.ExitCode, back.ExitCode));
        Assert.Contains(
            $"GET http://{backend.Address}:{backend.Port}/health answered HTTP 404, and 200 is wanted", failed.Output,
            StringComparison.Ordinal);
        Assert.Contains("Is /health the right path?", failed.Output, StringComparison.Ordinal);
        Assert.Contains("is not in service at status, since ", failed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_and_one_that_speaks_no_tls_are_told_apart()
    {
        using var hangs = new RawServer(null);
        using var plain = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        await server.Api.CreateWebAsync("hangs", hangs.Port, Token);
        await server.Api.RegisterAsync("hangs", hangs.Address, Token);
        await server.Api.CreateWebAsync("plain", plain.Port, Token, "HTTPS:{0}/health");
        await server.Api.RegisterAsync("plain", plain.Address, Token);

        var timeout = await ExplainAsync(
            "hangs", hangs.Address, $"Its last check failed: {hangs.Address} took the connection on port {hangs.Port} and did not answer");
        var handshake = await ExplainAsync(
            "plain", plain.Address, $"Its last check failed: the TLS handshake with {plain.Address} on port {plain.Port} did not succeed");

        Assert.Contains("within 2 s", timeout.Output, StringComparison.Ordinal);
        Assert.Contains("slow or hangs", timeout.Output, StringComparison.Ordinal);
        Assert.Contains($"Does the program speak TLS on port {plain.Port}?", handshake.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_instance_says_reaches_no_terminal_as_it_came()
    {
        using var hostile = new RawServer(
            Encoding.Latin1.GetBytes("HTTP/1.1 500 A\e[31mred, \"quoted\"\u009b x\r\nContent-Length: 0\r\n\r\n"));
        await server.Api.CreateWebAsync("hostile-answer", hostile.Port, Token);
        await server.Api.RegisterAsync("hostile-answer", hostile.Address, Token);

        var told = await ExplainAsync("hostile-answer", hostile.Address, "Its last check failed");
        var described = await Wait.ForAsync(
            () => server.Process.CommandAsync(Token, "describe", "hostile-answer"),
            output => output.Output.Contains("A?[31m", StringComparison.Ordinal), Token);

        Assert.All([told.Output, described.Output], output =>
        {
            Assert.Contains("A?[31mred, \"quoted\"", output, StringComparison.Ordinal);
            Assert.DoesNotContain(output, character => char.IsControl(character) && character is not '\n');
        });
    }

    [Fact]
    public async Task An_instance_that_was_never_checked_is_told_so()
    {
        using var hangs = new RawServer(null);
        await server.Api.CreateWebAsync("unchecked", hangs.Port, Token);
        await server.Api.CallAsync(
            $"Action=ConfigureHealthCheck&LoadBalancerName=unchecked&HealthCheck.Target=HTTP:{hangs.Port}/&HealthCheck.Interval=300" +
            "&HealthCheck.Timeout=60&HealthCheck.HealthyThreshold=2&HealthCheck.UnhealthyThreshold=2",
            Token);
        await server.Api.RegisterAsync("unchecked", hangs.Address, Token);

        var told = await ExplainAsync("unchecked", hangs.Address, "It has never been checked yet.");

        Assert.Equal(1, told.ExitCode);
        Assert.Contains("no check of it has ended yet since it was registered", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_is_not_registered_is_told_with_what_the_inventory_knows()
    {
        await using var backend = await Backend.StartAsync(Token);
        await server.Api.CreateWebAsync("absent", backend.Port, Token);
        await server.Api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=absent&LoadBalancerAttributes.ConnectionDraining.Enabled=false", Token);
        await server.Api.RegisterAsync("absent", backend.Address, Token);
        await server.Api.DeregisterAsync("absent", backend.Address, Token);

        var former = await ExplainAsync("absent", backend.Address, "it was deregistered");
        var unknown = await ExplainAsync("absent", "i-0fedcba9", "is not registered with absent");

        Assert.Equal((3, 3), (former.ExitCode, unknown.ExitCode));
        Assert.Contains("absent has no registered instance.", former.Output, StringComparison.Ordinal);
        Assert.Contains($"--load-balancer-name absent --instances {backend.Address}", former.Output, StringComparison.Ordinal);
        Assert.Contains("Its address is unknown: it is not in the inventory.", unknown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_in_a_zone_that_is_not_enabled_is_told_with_both()
    {
        await using var backend = await Backend.StartAsync(Token);
        await using var process = await CloudLbProcess.StartAsync(Token);
        var api = new ElbApi(process.Url);
        await File.WriteAllTextAsync(
            Path.Combine(process.DataDirectory, "inventory.json"),
            JsonSerializer.Serialize(
                new Dictionary<string, object> { ["i-0a1b2c3f"] = new { address = backend.Address, zone = "us-east-1b" } }),
            Token);
        await api.CreateWebAsync("zoned", backend.Port, Token);
        await api.RegisterAsync("zoned", "i-0a1b2c3f", Token);

        var told = await process.CommandAsync(Token, "explain", "zoned", "i-0a1b2c3f");
        var described = await process.CommandAsync(Token, "describe", "zoned");

        Assert.Equal(1, told.ExitCode);
        Assert.Contains("i-0a1b2c3f is in us-east-1b, a zone that zoned does not serve.", told.Output, StringComparison.Ordinal);
        Assert.Contains($"It is registered, at {backend.Address} in us-east-1b.", told.Output, StringComparison.Ordinal);
        Assert.Contains("--availability-zones us-east-1b", told.Output, StringComparison.Ordinal);
        Assert.Contains("us-east-1b", described.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_drains_is_told_until_when_and_with_what_it_has_left()
    {
        await using var backend = await Backend.StartAsync(Token);
        await server.Api.CreateWebAsync("drains", backend.Port, Token);
        await server.Api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=drains&LoadBalancerAttributes.ConnectionDraining.Enabled=true" +
            "&LoadBalancerAttributes.ConnectionDraining.Timeout=300",
            Token);
        await server.Api.RegisterAsync("drains", backend.Address, Token);
        await server.Api.BecomesAsync("drains", backend.Address, "InService", Token);
        var slow = Traffic.GetAsync(new Uri(await server.Process.TrafficUrlAsync("drains", Token), "slow"), Token);
        await backend.SlowArrived.WaitAsync(Token);

        await server.Api.DeregisterAsync("drains", backend.Address, Token);
        var told = await ExplainAsync("drains", backend.Address, "It has 1 session left.");

        backend.Release();
        await slow;
        Assert.Equal(1, told.ExitCode);
        Assert.Contains("was deregistered from drains and takes no new requests", told.Output, StringComparison.Ordinal);
        Assert.Matches("until [0-9-]+ [0-9:]+ UTC, in [0-9]+ (s|min);", told.Output);
    }

    [Fact]
    public async Task Without_a_listener_that_is_served_nothing_reaches_an_instance()
    {
        await using var backend = await Backend.StartAsync(Token);
        await server.Api.ServeAsync("unheard", backend, Token);
        await server.Api.CallAsync(
            $"Action=DeleteLoadBalancerListeners&LoadBalancerName=unheard&LoadBalancerPorts.member.1={Ports.Http}", Token);
        var none = await ExplainAsync("unheard", backend.Address, "unheard has no listener, so that no request reaches");

        using var squatter = new TcpListener(IPAddress.Parse((await server.Process.StatusAsync("unheard", Token))!.Address), 0);
        squatter.Start();
        var taken = ((IPEndPoint)squatter.LocalEndpoint).Port;
        await server.Api.CallAsync(
            "Action=CreateLoadBalancerListeners&LoadBalancerName=unheard&Listeners.member.1.Protocol=HTTP" +
            $"&Listeners.member.1.LoadBalancerPort={taken}&Listeners.member.1.InstancePort={backend.Port}",
            Token);
        var faulty = await ExplainAsync("unheard", backend.Address, $"Listener {taken} is not served: ");

        Assert.Equal((1, 1), (none.ExitCode, faulty.ExitCode));
        Assert.Contains("No listener of unheard is served", faulty.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_passes_its_checks_and_answers_nobody_is_told()
    {
        using var hangs = new RawServer(null);
        await server.Api.CreateWebAsync("silent", hangs.Port, Token, "TCP:{0}");
        await server.Api.CallAsync(
            "Action=ModifyLoadBalancerAttributes&LoadBalancerName=silent&LoadBalancerAttributes.ConnectionSettings.IdleTimeout=1", Token);
        await server.Api.RegisterAsync("silent", hangs.Address, Token);
        await server.Api.BecomesAsync("silent", hangs.Address, "InService", Token);
        var url = await server.Process.TrafficUrlAsync("silent", Token);

        Assert.Equal(504, (await Traffic.AnswersAsync(url, 504, Token)).Status);

        // A process counts what it has seen itself: one that has followed begins anew.
        var told = await Wait.ForAsync(
            async () =>
            {
                await Traffic.GetAsync(url, Token);
                return await server.Process.CommandAsync(Token, "explain", "silent", hangs.Address);
            },
            told => told.Output.Contains("that it did not answer, or not within the idle timeout of 1 s.", StringComparison.Ordinal),
            Token);

        Assert.Equal(0, told.ExitCode);
        Assert.Contains("The program hangs, or is slower than the idle timeout", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_tells_apart_wrong_use_and_a_server_that_is_away()
    {
        var misuse = await server.Process.CommandAsync(Token, "explain", "scripted");
        var noServer = await server.Process.CommandAsync(
            Token, "explain", "scripted", "i-0fedcba9", "--DataDirectory=/nonexistent/cloudlb");

        Assert.Equal((2, 4), (misuse.ExitCode, noServer.ExitCode));
        Assert.Contains("Usage: cloudlb explain <name> [instance] [options].", misuse.Error, StringComparison.Ordinal);
        Assert.Equal("", misuse.Output);
    }

    [Fact]
    public async Task A_script_reads_json_and_a_name_that_is_not_there_is_told()
    {
        await server.Api.CreateWebAsync("scripted", Ports.Free(IPAddress.Loopback), Token);

        var json = await server.Process.CommandAsync(Token, "explain", "scripted", "i-0fedcba9", "--output", "json");
        var nowhere = await server.Process.CommandAsync(Token, "explain", "nowhere", "i-0fedcba9");

        Assert.False((bool)JsonNode.Parse(json.Output)!["isInService"]!);
        Assert.Equal("OutOfService", (string?)JsonNode.Parse(json.Output)!["state"]);
        Assert.Equal("NotRegistered", (string?)JsonNode.Parse(json.Output)!["cause"]);
        Assert.Equal(2, (int)JsonNode.Parse(json.Output)!["numbers"]!["unhealthyThreshold"]!);
        Assert.Equal((3, 3), (json.ExitCode, nowhere.ExitCode));
        Assert.Contains("There is no load balancer named 'nowhere'.", nowhere.Error, StringComparison.Ordinal);
    }

    /// <summary>What is said when it comes to hold the words.</summary>
    private Task<ChildProcess.Result> ExplainAsync(string name, string instance, params string[] words) => Wait.ForAsync(
        () =>
            server.Process.CommandAsync(Token, "explain", name, instance), told =>
                words.All(each => told.Output.Contains(each, StringComparison.Ordinal)), Token);
}
