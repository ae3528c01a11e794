using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Network load balancers for UDP made with boto3, and what goes through them.</summary>
public sealed class V2DatagramTests(SharedServer server)
{
    private const int Port = 5360;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly V2Calls _calls = new(server.Api);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP_UDP")]
    public async Task Datagrams_go_to_the_healthy_targets_of_a_group_and_connections_too_where_both_are_wanted(string protocol)
    {
        Installed.NginxOrSkip();
        var name = $"v2-{protocol.ToLowerInvariant().Replace('_', '-')}";
        await using var first = await Backend.StartAsync(Token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", first.Port, Token);
        second.HealthStatus = 503;
        using Socket ofFirst = Answering(first), ofSecond = Answering(second);
        var made = JsonNode.Parse(
            await PythonAsync("create", name, "network", protocol, $"{Port}", $"{first.Port}", first.Address, second.Address))!;
        var (arn, group) = ((string)made[0]!, (string)made[1]!);
        await BecomesAsync(group, first.Address, "healthy");
        await BecomesAsync(group, second.Address, "unhealthy");
        var url = await server.Process.TrafficUrlAsync(name, Token, Port);
        var place = new IPEndPoint(IPAddress.Parse(url.Host), Port);

        await Wait.ForAsync(() => AskAsync(place), answer => answer == first.Address, Token);
        if (protocol == "TCP_UDP")
        {
            Assert.Equal((200, first.Address), await Traffic.GetAsync(url, Token));
        }

        await Wait.ForAsync(
            async () => (await server.Process.CommandAsync(Token, "describe", name)).Output,
            output => Regex.IsMatch(
                output, @"^UDP +nginx process \d+, [1-9]\d* flows now, [1-9]\d* ever, \d+ bytes ", RegexOptions.Multiline),
            Token);
        var told = JsonNode.Parse((await server.Process.CommandAsync(Token, "describe", name, "--output", "json")).Output)![0]!;
        Assert.All(told["instances"]!.AsArray(), each => Assert.Equal(group.Split('/')[1], (string)each!["group"]!));
        Assert.Equal(
            [(first.Address, true, protocol == "UDP"), (second.Address, false, protocol == "UDP")],
            told["instances"]!.AsArray().Select(
                each => ((string)each!["instanceId"]!, (long)each["sessions"]! > 0, each["totalSessions"] is null)));
        Assert.Matches($@"{name} .*127\..* \d+ +[1-9]\d* ", (await server.Process.CommandAsync(Token, "watch", "--name", name)).Output);

        second.HealthStatus = 200;
        await BecomesAsync(group, second.Address, "healthy");
        await PythonAsync("deregister", group, first.Address);
        await Wait.ForAsync(() => AskAsync(place), answer => answer == second.Address, Token);
        Assert.Equal("draining", await StateAsync(group, first.Address));

        await PythonAsync("delete", arn, group);
        await Wait.ForAsync(() => server.Process.StatusAsync(name, Token), status => status is null, Token);
        Assert.Null(await AskAsync(place));
    }

    [Fact]
    public async Task Connections_and_datagrams_go_to_several_groups_by_weights_that_change()
    {
        Installed.NginxOrSkip();
        const string Name = "v2-weights";
        await using var blue = await Backend.StartAsync(Token);
        await using var green = await Backend.StartAsync($"{Ports.Network()}.1", blue.Port, Token);
        using Socket ofBlue = Answering(blue), ofGreen = Answering(green);
        var arn = await _calls.CallAsync(
            $"Action=CreateLoadBalancer&Name={Name}&Type=network&Subnets.member.1=subnet-00000000", "LoadBalancerArn");
        var vpc = await _calls.CallAsync($"Action=DescribeLoadBalancers&Names.member.1={Name}", "VpcId");
        var (toBlue, toGreen) = (await GroupAsync("blue", blue), await GroupAsync("green", green));
        var listener = await _calls.CallAsync(
            $"Action=CreateListener&LoadBalancerArn={arn}&Protocol=TCP_UDP&Port={Port}{Forward(1, 0)}", "ListenerArn");
        var url = await server.Process.TrafficUrlAsync(Name, Token, Port);
        var place = new IPEndPoint(IPAddress.Parse(url.Host), Port);
        await BecomesAsync(toBlue, blue.Address, "healthy");
        await BecomesAsync(toGreen, green.Address, "healthy");
        await AreGivenAsync(blue.Address);

        await _calls.CallAsync($"Action=ModifyListener&ListenerArn={listener}{Forward(0, 999)}");
        await AreGivenAsync(green.Address);
        await _calls.CallAsync($"Action=ModifyListener&ListenerArn={listener}{Forward(30, 10)}");
        await Wait.ForAsync(
            async () => (await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => AskAsync(place)))).Distinct().Count(),
            count => count == 2, Token);

        var told = await server.Process.CommandAsync(Token, ["explain", Name, "--request", $"http://{url.Host}:{Port}/"]);
        Assert.Contains("one of the target groups v2-weights-blue (75 %), v2-weights-green (25 %).", told.Output, StringComparison.Ordinal);
        await _calls.CallAsync($"Action=DeleteLoadBalancer&LoadBalancerArn={arn}");

        async Task<string> GroupAsync(string name, Backend target)
        {
            var group = (await _calls.CallAsync(
                $"Action=CreateTargetGroup&Name={Name}-{name}&Protocol=TCP_UDP&Port={target.Port}&TargetType=ip&VpcId={vpc}" +
                "&HealthCheckIntervalSeconds=5&HealthCheckTimeoutSeconds=2", "TargetGroupArn"))!;
            await _calls.CallAsync($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={target.Address}");
            return group;
        }

        string Forward(int first, int second) => "&DefaultActions.member.1.Type=forward" + string.Concat(
            new[] { (toBlue, first), (toGreen, second) }.Select((group, at) =>
                $"&DefaultActions.member.1.ForwardConfig.TargetGroups.member.{at + 1}.TargetGroupArn={group.Item1}" +
                $"&DefaultActions.member.1.ForwardConfig.TargetGroups.member.{at + 1}.Weight={group.Item2}"));

        async Task AreGivenAsync(string address)
        {
            await Wait.ForAsync(() => AskAsync(place), answer => answer == address, Token);
            await Wait.ForAsync(() => Traffic.GetAsync(url, Token), answer => answer == (200, address), Token);
        }
    }

    /// <summary>Answers datagrams with its address beside what the web server answers.</summary>
    private static Socket Answering(Backend backend)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(backend.Address), backend.Port));
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    var received = await socket.ReceiveFromAsync(new byte[100], new IPEndPoint(IPAddress.Any, 0), Token);
                    await socket.SendToAsync(Encoding.UTF8.GetBytes(backend.Address), received.RemoteEndPoint, Token);
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The test has ended.
            }
        });
        return socket;
    }

    /// <summary>What a new flow is answered; null when nothing comes.</summary>
    private static async Task<string?> AskAsync(IPEndPoint place)
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        var buffer = new byte[100];
        await client.SendToAsync("who"u8.ToArray(), place, Token);
        try
        {
            var received = await client.ReceiveFromAsync(buffer, place, limit.Token);
            return Encoding.UTF8.GetString(buffer, 0, received.ReceivedBytes);
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<string> PythonAsync(params string[] arguments)
    {
        var result = await AwsPython.All.First().RunAsync("elbv2.py", server.Process.Url, Account.First, Token, arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private async Task<string?> StateAsync(string group, string target)
    {
        var answer = await server.Api.SendAsync(
            $"Action=DescribeTargetHealth&TargetGroupArn={group}&Targets.member.1.Id={target}&Version=2015-12-01", Token);
        return XElement.Parse(answer.Body).Descendants().SingleOrDefault(element => element.Name.LocalName == "TargetHealth")
            ?.Elements().SingleOrDefault(element => element.Name.LocalName == "State")?.Value;
    }

    private Task BecomesAsync(string group, string target, string state) =>
        Wait.ForAsync(() => StateAsync(group, target), found => found == state, Token);
}
