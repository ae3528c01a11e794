using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Members;

/// <summary>
/// The life of a member on a machine of its own, out of the document that cloud-init would read: boot, shutdown, power cut.
/// </summary>
public sealed class MachineTests
{
    private const int Port = 8080;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_boots_shuts_down_and_loses_power()
    {
        Installed.HAProxyOrSkip();
        await using var machine = await MemberMachine.StartOrSkipAsync();
        var url = new Uri($"http://{machine.Gateway}:{Ports.Free(IPAddress.Parse(machine.Gateway))}");
        await using var server = await CloudLbProcess.StartAsync(
            Token, ("Url", url.ToString().TrimEnd('/')), ("Members:MinimumInstances", "0"));
        var api = new ElbApi(url);
        await api.CreateWebAsync("web", Port, Token, "HTTP:{0}/");
        const string Subnets = "&Subnets.member.1=subnet-00000000&Subnets.member.2=subnet-00000001";
        var vpc = (await SendAsync(api, $"Action=CreateLoadBalancer&Name=machines{Subnets}")).Value("VpcId");
        var group = (await SendAsync(
            api, $"Action=CreateTargetGroup&Name=machines&Protocol=HTTP&Port={Port}&TargetType=ip&VpcId={vpc}")).Value("TargetGroupArn")!;
        await InstallAsync(server, machine);

        // Boot: the unit runs before the service does, and waits for it.
        var unit = machine.StartUnit();
        var service = StartService(machine);
        await api.BecomesAsync("web", machine.Address, "InService", Token);
        await Traffic.AnswersAsync(await server.TrafficUrlAsync("web", Token), 200, Token);
        await Wait.ForAsync(() => TargetsAsync(api, group), targets => targets == machine.Address, Token);

        // Shutdown: it is out before its service ends.
        using var terminate = Process.Start("kill", ["-TERM", $"{unit.Id}"]);
        await unit.WaitForExitAsync(Token);
        Assert.Equal(0, unit.ExitCode);
        Assert.Empty((await server.StatusAsync("web", Token))!.Instances);
        Assert.Equal("", await TargetsAsync(api, group));
        Assert.False(service.HasExited);
        service.Kill(entireProcessTree: true);
        await service.WaitForExitAsync(Token);

        // Boot once more, and then nobody says a word.
        machine.StartUnit();
        StartService(machine);
        await api.BecomesAsync("web", machine.Address, "InService", Token);
        await Wait.ForAsync(() => TargetsAsync(api, group), targets => targets == machine.Address, Token);
        await machine.LosePowerAsync();
        await Wait.ForAsync(() => server.StatusAsync("web", Token), status => status!.Instances.Count == 0, Token);
        await Wait.ForAsync(
            () => Task.FromResult(server.Output.Replace($"{Account.First.Id}/", "", StringComparison.Ordinal)),
            output => output.Contains(
                $"The member machine has not registered again for 00:00:06: {machine.Address} was deregistered", StringComparison.Ordinal),
            Token);

        await Wait.ForAsync(() => TargetsAsync(api, group), targets => targets == "", Token);

        // And it comes back by itself.
        await machine.RestorePowerAsync();
        machine.StartUnit();
        StartService(machine);
        await api.BecomesAsync("web", machine.Address, "InService", Token);
    }

    private static async Task<ElbApi.Answer> SendAsync(ElbApi api, string form)
    {
        var answer = await api.SendAsync($"{form}&Version=2015-12-01", Token);
        Assert.True(answer.Status == 200, answer.Body);
        return answer;
    }

    private static async Task<string> TargetsAsync(ElbApi api, string group) =>
        string.Join(' ', (await SendAsync(api, $"Action=DescribeTargetHealth&TargetGroupArn={group}")).Values("Id"));

    private static Process StartService(MemberMachine machine) =>
        machine.Start("/usr/bin/python3", "-c", $"""
            import http.server
            class Answer(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                def log_message(self, *words):
                    pass
            http.server.ThreadingHTTPServer(("0.0.0.0", {Port}), Answer).serve_forever()
            """);

    /// <summary>
    /// The files of the document, as cloud-init writes them; the unit's path of the settings is that of the machine's folder.
    /// </summary>
    private static async Task InstallAsync(CloudLbProcess server, MemberMachine machine)
    {
        var made = await server.CommandAsync(
            Token, "member", "create", "machine", "--instance", machine.Address, "--load-balancer", "web", "--target-group", "machines",
            "--lease", "6", "--wait-port", $"{Port}", "--drain-seconds", "20");
        Assert.True(made is { ExitCode: 0, Error: "" }, made.Error);
        const string Decode = """
            import base64, gzip, json, sys, yaml
            files = yaml.safe_load(sys.argv[1])["write_files"]
            print(json.dumps([[f["path"], gzip.decompress(base64.b64decode(f["content"])).decode()] for f in files]))
            """;
        var decoded = await ChildProcess.RunAsync("/usr/bin/python3", ["-c", Decode, made.Output], [], Token);
        Assert.True(decoded.ExitCode == 0, decoded.Error);
        foreach (var file in JsonSerializer.Deserialize<List<string[]>>(decoded.Output)!)
        {
            machine.Install(file[0], file[1]);
        }
    }
}
