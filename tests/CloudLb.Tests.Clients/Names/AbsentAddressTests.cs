using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Names;

/// <summary>Load balancers whose addresses come to the machine later, in a network of their own.</summary>
public sealed class AbsentAddressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listener_takes_traffic_as_soon_as_the_machine_has_its_address()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A network of its own takes root.");
        var prefix = new CloudLbProcess.Surroundings { Prefix = ["unshare", "--net", "sh", "-c", "ip link set lo up; exec \"$@\"", "sh"] };
        var possible = await ChildProcess.RunAsync("unshare", [.. prefix.Prefix.Skip(1), "true"], [], Token);
        Assert.SkipUnless(possible.ExitCode == 0, $"No network of its own can be made here: {possible.Error}");
        await using var server = await CloudLbProcess.StartAsync(
            prefix, Token,
            ("HAProxy:BindAbsentAddresses", "true"), ("AddressPool", "198.51.100.0/28"), ("InternalAddressPool", "192.0.2.8/29"));
        foreach (var (name, scheme) in new[] { ("outer", "internet-facing"), ("inner", "internal") })
        {
            await CallAsync(
                server,
                $"Action=CreateLoadBalancer&LoadBalancerName={name}&AvailabilityZones.member.1=us-east-1a&Scheme={scheme}"
                + "&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort=80&Listeners.member.1.InstancePort=99");
        }

        var (outer, inner) = (await AddressAsync(server, "outer"), await AddressAsync(server, "inner"));
        Assert.StartsWith("198.51.100.", outer, StringComparison.Ordinal);
        Assert.StartsWith("192.0.2.", inner, StringComparison.Ordinal);
        foreach (var address in new[] { outer, inner })
        {
            Assert.NotEqual("503", await StatusAsync(server, address));
            Assert.Equal(0, (await InsideAsync(server, "ip", "address", "add", $"{address}/32", "dev", "lo")).ExitCode);
            await Wait.ForAsync(() => StatusAsync(server, address), status => status == "503", Token);
        }

        Assert.DoesNotContain("is not served", server.Output, StringComparison.Ordinal);
    }

    private static async Task<string> AddressAsync(CloudLbProcess server, string name) =>
        (await server.StatusAsync(name, Token))!.Address.ToString();

    private static async Task<string> StatusAsync(CloudLbProcess server, string address)
    {
        string[] command =
            ["curl", "--silent", "--max-time", "5", "--output", "/dev/null", "--write-out", "%{http_code}", $"http://{address}/"];
        return (await InsideAsync(server, command)).Output;
    }

    /// <summary>By curl, as this process is not in that network.</summary>
    private static async Task CallAsync(CloudLbProcess server, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url)
        {
            Content = new StringContent($"{form}&Version=2012-06-01", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        await new ElbApi(server.Url).Signer.SignAsync(request, Token);
        var headers = request.Headers.Concat(request.Content.Headers)
            .SelectMany(header => header.Value.SelectMany(value => new[] { "--header", $"{header.Key}: {value}" }));
        var body = await request.Content.ReadAsStringAsync(Token);
        var answer = await InsideAsync(
            server, ["curl", "--silent", "--fail-with-body", "--data-binary", body, .. headers, $"{server.Url}"]);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
    }

    private static Task<ChildProcess.Result> InsideAsync(CloudLbProcess server, params string[] command) =>
        ChildProcess.RunAsync("nsenter", [$"--net=/proc/{server.ProcessId}/ns/net", .. command], [], Token);
}
