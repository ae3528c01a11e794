using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Load balancers in VPCs, as ELB and EC2 show them to boto3 and the AWS CLI, and what security groups do to traffic.</summary>
public sealed class VpcTests
{
    private const string AccessKeyId = "AKIDEXAMPLE";
    private const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const int ListenerPort = 18080;

    private static readonly object[] Listeners = [new { Protocol = "HTTP", LoadBalancerPort = ListenerPort, InstancePort = 8000 }];

    [Theory]
    [InlineData("zones")]
    [InlineData("subnets")]
    [InlineData("groups")]
    public async Task What_Terraform_looks_up_in_EC2_after_it_read_a_load_balancer_is_there_once(string kind)
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await StartAsync(token);
        object create = kind switch
        {
            "zones" => new { LoadBalancerName = "web", Listeners, AvailabilityZones = new[] { "us-east-1a", "us-east-1b" } },
            "subnets" => new { LoadBalancerName = "web", Listeners, Subnets = new[] { "subnet-0a1b2c30", "subnet-0a1b2c31" } },
            _ =>
                new
                {
                    LoadBalancerName = "web",
                    Listeners,
                    Subnets = new[] { "subnet-0a1b2c30", "subnet-0a1b2c31" },
                    SecurityGroups = new[] { "sg-0a1b2c3d" },
                },
        };

        var described = (
            await CallAsync(server, token, ("elb", "CreateLoadBalancer", create), ("elb", "DescribeLoadBalancers", new { })))[1]![
                "LoadBalancerDescriptions"]![0]!;
        var source = described["SourceSecurityGroup"]!;
        var looked = await CallAsync(
            server, token,
            (
                "ec2", "DescribeSecurityGroups",
                Filters(("group-name", source["GroupName"]), ("vpc-id", described["VPCId"]), ("owner-id", source["OwnerAlias"]))),
            ("ec2", "DescribeSubnets", new { SubnetIds = described["Subnets"] }),
            ("ec2", "DescribeNetworkInterfaces", Interfaces("web")),
            ("elb", "DeleteLoadBalancer", new { LoadBalancerName = "web" }),
            ("ec2", "DescribeNetworkInterfaces", Interfaces("web")));

        Assert.Equal(["us-east-1a", "us-east-1b"], Texts(described["AvailabilityZones"]!));
        Assert.Equal(
            (string?)Assert.Single(described["SecurityGroups"]!.AsArray()),
            (string?)Assert.Single(looked[0]!["SecurityGroups"]!.AsArray())!["GroupId"]);
        Assert.All(looked[1]!["Subnets"]!.AsArray(), subnet => Assert.Equal((string?)described["VPCId"], (string?)subnet!["VpcId"]));
        Assert.Equal(2, looked[2]!["NetworkInterfaces"]!.AsArray().Count);
        Assert.Empty(looked[4]!["NetworkInterfaces"]!.AsArray());
    }

    [Fact]
    public async Task Subnets_and_groups_are_changed_and_refused_as_at_AWS()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await StartAsync(token);
        object Web(params string[] subnets) => new { LoadBalancerName = "web", Subnets = subnets };
        object Zones() => new { LoadBalancerName = "web", AvailabilityZones = new[] { "us-east-1a" } };
        var answers = await CallAsync(
            server, token,
            ("elb", "CreateLoadBalancer", new { LoadBalancerName = "web", Listeners, Subnets = new[] { "subnet-00" } }),
            ("elb", "CreateLoadBalancer", new { LoadBalancerName = "web", Listeners, Subnets = new[] { "subnet-00" } }),
            ("elb", "CreateLoadBalancer", new { LoadBalancerName = "web", Listeners, Subnets = new[] { "subnet-01" } }),
            ("elb", "CreateLoadBalancer", new { LoadBalancerName = "api", Listeners, Subnets = new[] { "10.0.0.0" } }),
            (
                "elb", "CreateLoadBalancer",
                new { LoadBalancerName = "api", Listeners, Subnets = new[] { "subnet-00" }, SecurityGroups = new[] { "web" } }),
            ("elb", "AttachLoadBalancerToSubnets", Web("subnet-01", "subnet-00")),
            ("elb", "AttachLoadBalancerToSubnets", Web("subnet-04")),
            ("elb", "DetachLoadBalancerFromSubnets", Web("subnet-00")),
            ("elb", "DetachLoadBalancerFromSubnets", Web("subnet-01")),
            ("elb", "EnableAvailabilityZonesForLoadBalancer", Zones()),
            ("elb", "ApplySecurityGroupsToLoadBalancer", new { LoadBalancerName = "web", SecurityGroups = new[] { "sg-2", "sg-1" } }));

        Assert.Equal((string?)answers[0]!["DNSName"], (string?)answers[1]!["DNSName"]);
        Assert.Equal("DuplicateLoadBalancerName", Error(answers[2]));
        Assert.Equal("SubnetNotFound", Error(answers[3]));
        Assert.Equal("InvalidSecurityGroup", Error(answers[4]));
        Assert.Equal(["subnet-00", "subnet-01"], Texts(answers[5]!["Subnets"]!));
        Assert.Equal("InvalidConfigurationRequest", Error(answers[6]));
        Assert.Equal(["subnet-01"], Texts(answers[7]!["Subnets"]!));
        Assert.Equal("InvalidConfigurationRequest", Error(answers[8]));
        Assert.Equal("ValidationError", Error(answers[9]));
        Assert.Equal(["sg-2", "sg-1"], Texts(answers[10]!["SecurityGroups"]!));
    }

    [Fact]
    public async Task The_rules_of_a_group_are_in_force_as_soon_as_the_inventory_says_so()
    {
        var token = TestContext.Current.CancellationToken;
        var inventory = Path.GetTempFileName();
        await WriteRuleAsync(inventory, "10.0.0.0/8", token);
        await using var server = await StartAsync(token, ("Inventory:File", inventory), ("Inventory:RefreshInterval", "00:00:00.1"));
        var answers = await CallAsync(
            server, token,
            (
                "elb", "CreateLoadBalancer",
                new { LoadBalancerName = "web", Listeners, Subnets = new[] { "subnet-00" }, SecurityGroups = new[] { "sg-1" } }),
            ("ec2", "DescribeNetworkInterfaces", Interfaces("web")));
        var url = new Uri($"http://{(string?)answers[1]!["NetworkInterfaces"]![0]!["PrivateIpAddress"]}:{ListenerPort}/");

        await Wait.ForAsync(() => AskAsync(url, token), answer => answer == "closed", token);
        await WriteRuleAsync(inventory, "127.0.0.0/8", token);
        await Wait.ForAsync(() => AskAsync(url, token), answer => answer == "503", token);
        await WriteRuleAsync(inventory, "10.0.0.0/8", token);
        await Wait.ForAsync(() => AskAsync(url, token), answer => answer == "closed", token);
        File.Delete(inventory);
    }

    [Fact]
    public async Task The_AWS_CLI_reads_every_answer_and_error_of_EC2()
    {
        var token = TestContext.Current.CancellationToken;
        var inventory = Path.GetTempFileName();
        await File.WriteAllTextAsync(inventory, """{ "i-0a1": { "address": "10.0.0.5", "zone": "us-east-1a" } }""", token);
        await using var server = await StartAsync(token, ("Inventory:File", inventory));

        Assert.Equal(
            "10.0.0.5", await CliAsync(server, token, "describe-instances", "--query", "Reservations[].Instances[].PrivateIpAddress"));
        Assert.Equal(
            "us-east-1a\tus-east-1b\tus-east-1c",
            await CliAsync(server, token, "describe-availability-zones", "--query", "AvailabilityZones[].ZoneName"));
        Assert.Equal(
            "3",
            await CliAsync(
                server, token, "describe-subnets", "--filters", "Name=default-for-az,Values=true", "--query", "length(Subnets)"));
        Assert.StartsWith(
            "vpc-",
            await CliAsync(
                server, token, "describe-account-attributes", "--attribute-names", "default-vpc", "--query",
                "AccountAttributes[0].AttributeValues[0].AttributeValue"));
        Assert.Contains(
            "(InvalidInstanceID.NotFound)", await CliAsync(server, token, "describe-instances", "--instance-ids", "i-0ff"),
            StringComparison.Ordinal);
        Assert.Contains(
            "Invalid id: \"bogus\"", await CliAsync(server, token, "describe-instances", "--instance-ids", "bogus"),
            StringComparison.Ordinal);
        Assert.Contains(
            "(InvalidGroupId.Malformed)", await CliAsync(server, token, "describe-security-groups", "--group-ids", "web"),
            StringComparison.Ordinal);
        Assert.Contains(
            "(InvalidGroup.NotFound)", await CliAsync(server, token, "describe-security-groups", "--group-names", "nobodys"),
            StringComparison.Ordinal);
        File.Delete(inventory);
    }

    private static Task<CloudLbProcess> StartAsync(CancellationToken cancellationToken, params (string Name, string Value)[] settings) =>
        CloudLbProcess.StartAsync(
        cancellationToken, [("AccessKeyId", AccessKeyId), ("SecretAccessKey", SecretAccessKey), .. settings]);

    private static Dictionary<string, string?> Environment(CloudLbProcess server) => new()
    {
        ["AWS_ENDPOINT_URL"] = server.Url.ToString().TrimEnd('/'),
        ["AWS_ACCESS_KEY_ID"] = AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = SecretAccessKey,
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_PAGER"] = "",
    };

    private static async Task<JsonArray> CallAsync(
        CloudLbProcess server, CancellationToken cancellationToken, params (string Service, string Action, object Parameters)[] calls)
    {
        var json = JsonSerializer.Serialize(calls.Select(call => new[] { call.Service, call.Action, call.Parameters }));
        var result = await ChildProcess.RunAsync(
            "/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "python", "calls.py"), json], Environment(server),
            cancellationToken);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonNode.Parse(result.Output)!.AsArray();
    }

    /// <summary>What the CLI prints, as text; its error when there is one.</summary>
    private static async Task<string> CliAsync(CloudLbProcess server, CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await ChildProcess.RunAsync(
            "/usr/bin/aws", ["--endpoint-url", server.Url.ToString(), "--output", "text", "ec2", .. arguments], Environment(server),
            cancellationToken);
        return (result.ExitCode == 0 ? result.Output : result.Error).Trim();
    }

    private static object Interfaces(string name) =>
        Filters(("attachment.instance-owner-id", "amazon-elb"), ("description", $"ELB {name}"));

    private static object Filters(params (string Name, JsonNode? Value)[] filters) =>
        new { Filters = filters.Select(filter => new { filter.Name, Values = new[] { (string?)filter.Value } }) };

    private static string[] Texts(JsonNode array) => [.. array.AsArray().Select(item => (string)item!)];

    private static string? Error(JsonNode? answer) => (string?)answer!["error"]![0];

    private static Task WriteRuleAsync(string file, string network, CancellationToken cancellationToken) => File.WriteAllTextAsync(
        file, $$"""
        { "vpcs": { "vpc-1": {} }, "subnets": { "subnet-00": { "zone": "us-east-1a", "vpc": "vpc-1" } },
          "securityGroups": { "sg-1": { "vpc": "vpc-1", "ingress": [{ "ports": {{ListenerPort}}, "sources": ["{{network}}"] }] } } }
        """, cancellationToken);

    /// <summary>The status of an answer, <c>closed</c> when the connection ends without one, <c>refused</c> when there is none.</summary>
    private static async Task<string> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        try
        {
            using var response = await client.GetAsync(url, cancellationToken);
            return $"{(int)response.StatusCode}";
        }
        catch (HttpRequestException exception)
        {
            return exception.HttpRequestError == HttpRequestError.ConnectionError ? "refused" : "closed";
        }
        catch (SocketException)
        {
            // Closed while the client still asked the socket whom it is connected to.
            return "closed";
        }
    }
}
