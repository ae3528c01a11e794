using System.Net;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Tools;

/// <summary>Exit statuses and what is printed beside them.</summary>
public sealed class ToolFaultTests(SharedServer server, ToolCommands tools)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, "LoadBalancerNotFound", "no", 1)]
    [InlineData(400, "Throttling", "Rate exceeded", 32)]
    [InlineData(401, "AuthFailure", "no", 32)]
    [InlineData(403, "AccessDenied", "no", 32)]
    [InlineData(404, "ResourceNotFound", "no", 32)]
    [InlineData(409, "InvalidConfigurationRequest", "no", 32)]
    [InlineData(301, "Moved", "no", 32)]
    [InlineData(500, "InternalFailure", "no", 30)]
    [InlineData(503, "ServiceUnavailable", "no", 30)]
    [InlineData(418, "Teapot", "no", 30)]
    public async Task Each_refusal_has_its_status_in_each_family(int status, string code, string message, int expected)
    {
        await using var service = await CannedService.StartAsync(Token);
        service.Refuse(status, code, message);

        var java = await tools.RunAsync(service.Url, "elb-describe-lbs", []);
        Assert.Equal((expected, ""), (java.ExitCode, java.Output));
        Assert.StartsWith("elb-describe-lbs:  ", java.Error);
        Assert.Contains($"{message}\nAWSRequestId:r-1\n", java.Error);
        Assert.Equal(expected == 1, java.Error.Contains("Usage: elb-describe-lbs", StringComparison.Ordinal));

        var euca = await tools.RunAsync(service.Url, "eulb-describe-lbs", []);
        Assert.Equal((1, "", $"eulb-describe-lbs: error ({code}): {message}\n"), (euca.ExitCode, euca.Output, euca.Error));
    }

    [Fact]
    public async Task A_service_that_is_not_there_or_silent_is_31_and_a_host_that_nobody_knows_1()
    {
        var nobody = new Uri($"http://127.0.0.1:{Ports.Free(IPAddress.Loopback)}/");
        Assert.Equal((31, 1), (await StatusAsync(nobody, "elb-describe-lbs"), await StatusAsync(nobody, "eulb-describe-lbs")));

        await using var service = await CannedService.StartAsync(Token);
        service.IsSilent = true;
        var silent = await tools.RunAsync(service.Url, "elb-describe-lbs", ["--connection-timeout", "1"]);
        Assert.Equal(31, silent.ExitCode);
        Assert.Contains("--connection-timeout", silent.Error);

        Assert.Equal(1, await StatusAsync(new("http://nobody.invalid/"), "elb-describe-lbs"));
    }

    [Fact]
    public async Task A_server_whose_certificate_does_not_pass_is_told_nothing_unless_somebody_says_so()
    {
        await using var service = await CannedService.StartAsync(Token, TestCertificate.SelfSigned());
        service.Refuse(503, "ServiceUnavailable", "no");

        var java = await tools.RunAsync(service.Url, "elb-describe-lbs", []);
        Assert.Equal((1, ""), (java.ExitCode, service.Asked.Form));
        Assert.Contains("certificate of 127.0.0.1 does not pass", java.Error);
        Assert.Equal(1, await StatusAsync(service.Url, "eulb-describe-lbs"));
        Assert.Equal("", service.Asked.Form);
        Assert.Equal(30, await StatusAsync(service.Url, "elb-describe-lbs", "--sslencryptiononly"));
    }

    [Fact]
    public async Task A_wrong_line_is_1_with_usage_behind_and_2_with_usage_before()
    {
        var java = await tools.RunAsync(server.Process.Url, "elb-delete-lb", []);
        Assert.Equal(1, java.ExitCode);
        Assert.Matches("^elb-delete-lb:  .*LOAD_BALANCER\n\nUsage: elb-delete-lb ", java.Error);

        var euca = await tools.RunAsync(server.Process.Url, "eulb-delete-lb", []);
        Assert.Equal(2, euca.ExitCode);
        Assert.Matches("^usage: eulb-delete-lb .*\neulb-delete-lb: error: LOAD_BALANCER\n$", euca.Error);

        Assert.Equal(1, await StatusAsync(server.Process.Url, "elb-cmd", "fly"));
        Assert.Equal(0, await StatusAsync(server.Process.Url, "elb-create-lb", "--help"));
        Assert.Equal(1, await StatusAsync(server.Process.Url, "elb-describe-lbs", "-C", "cert.pem", "-K", "key.pem"));
    }

    [Fact]
    public async Task Grammars_are_checked_before_anything_is_sent()
    {
        await using var service = await CannedService.StartAsync(Token);
        Assert.Equal(1, await StatusAsync(service.Url, "elb-create-lb", "web", "-l", "protocol=UDP,lb-port=1,instance-port=1", "-z", "a"));
        Assert.Equal(2, await StatusAsync(service.Url, "eulb-create-lb", "web", "-l", "protocol=UDP,lb-port=1,instance-port=1", "-z", "a"));
        Assert.Equal("", service.Asked.Form);
    }

    [Fact]
    public async Task A_deletion_is_asked_for_on_a_terminal_and_not_done_without_one()
    {
        await server.Api.CreateWebAsync("elb-asked", 80, Token);

        var unasked = await tools.RunAsync(server.Process.Url, "elb-delete-lb", ["elb-asked"]);
        Assert.Equal((2, ""), (unasked.ExitCode, unasked.Output));
        Assert.Contains("--force", unasked.Error);
        Assert.Equal((2, true), await OnTerminalAsync("n"));
        Assert.Equal((2, true), await OnTerminalAsync(""));
        Assert.Equal((0, false), await OnTerminalAsync("YES"));
    }

    [Fact]
    public async Task What_a_server_sends_cannot_drive_the_terminal()
    {
        await using var service = await CannedService.StartAsync(Token);
        service.Body = "<DescribeInstanceHealthResponse><DescribeInstanceHealthResult><InstanceStates><member>" +
            "<InstanceId>i-1&#x9b;2J&#x202e;\nX</InstanceId><State>InService</State></member></InstanceStates>" +
            "</DescribeInstanceHealthResult></DescribeInstanceHealthResponse>";

        Assert.Equal(
            "INSTANCE_ID  i-1\\x9b2J\\u202e\\nX  InService\n",
            await tools.DoAsync(service.Url, "elb-describe-instance-health", "web"));
        Assert.Equal(
            "INSTANCE\ti-1\\x9b2J\\u202e\\nX\tInService\n",
            await tools.DoAsync(service.Url, "eulb-describe-instance-health", "web"));
    }

    private async Task<int> StatusAsync(Uri url, string name, params string[] arguments) =>
        (await tools.RunAsync(url, name, arguments)).ExitCode;

    /// <summary>The status after that answer on a pseudo-terminal, and whether the load balancer is still there.</summary>
    private async Task<(int Status, bool IsThere)> OnTerminalAsync(string answer)
    {
        var asked = await ChildProcess.RunAsync(
            "bash", ["-c", $"printf '{answer}\\n' | script -qec '{tools.Links}/elb-delete-lb elb-asked' /dev/null"],
            new Dictionary<string, string?>
            {
                ["AWS_ELB_URL"] = server.Process.Url.ToString(), ["AWS_CREDENTIAL_FILE"] = tools.CredentialFile, ["TERM"] = "dumb",
            },
            Token);
        Assert.Contains("[Ny]", asked.Output);
        return (asked.ExitCode, await server.Process.StatusAsync("elb-asked", Token) is not null);
    }
}
