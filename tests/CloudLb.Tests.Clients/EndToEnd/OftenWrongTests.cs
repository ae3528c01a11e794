using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;
using static CloudLb.Tests.Clients.EndToEnd.BotoCalls;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>
/// What other implementations of the API get wrong, as boto3 sees it: its model names every code, and what it cannot parse it would drop.
/// </summary>
public sealed class OftenWrongTests(SharedServer server)
{
    [Fact]
    public async Task A_creation_that_is_repeated_succeeds_and_one_with_other_parameters_or_tags_does_not()
    {
        var answers = await server.CallAsync(
            Creation("repeated", Web), Creation("repeated", Web),
            Creation("repeated", [new { Protocol = "TCP", LoadBalancerPort = 18080, InstancePort = 8000 }]),
            (
                "CreateLoadBalancer",
                new
                {
                    LoadBalancerName = "repeated",
                    Listeners = Web,
                    AvailabilityZones = new[] { "us-east-1a" },
                    Tags = new[] { new { Key = "a", Value = "b" } },
                }));

        Assert.Equal((string?)answers[0]["DNSName"], (string?)answers[1]["DNSName"]);
        Assert.Equal(
            "DuplicateLoadBalancerName: Load Balancer named repeated already exists and it is configured with different parameters.",
            Error(answers[2]));
        Assert.Equal(
            "DuplicateLoadBalancerName: Load Balancer named repeated already exists and it is configured with different tags.",
            Error(answers[3]));
    }

    [Fact]
    public async Task A_missing_load_balancer_is_an_error_to_all_but_its_deletion()
    {
        var one = new { LoadBalancerName = "nowhere" };
        var answers = await server.CallAsync(
            ("DescribeLoadBalancers", new { LoadBalancerNames = new[] { "nowhere" } }),
            ("DescribeTags", new { LoadBalancerNames = new[] { "nowhere" } }),
            ("DescribeLoadBalancerAttributes", one), ("DescribeLoadBalancerPolicies", one), ("DescribeInstanceHealth", one),
            ("DeleteLoadBalancer", one));

        Assert.All(answers.SkipLast(1), answer => Assert.StartsWith("LoadBalancerNotFound: ", Error(answer), StringComparison.Ordinal));
        Assert.Null(answers[^1]["error"]);
    }

    [Fact]
    public async Task An_instance_that_nobody_knows_fails_the_whole_call_and_one_that_has_gone_does_not()
    {
        object Instances(params string[] ids) =>
            new { LoadBalancerName = "instances", Instances = ids.Select(id => new { InstanceId = id }) };
        var answers = await server.CallAsync(
            Creation("instances", Web),
            ("RegisterInstancesWithLoadBalancer", Instances("127.0.0.3", "i-0ffffff0")),
            ("RegisterInstancesWithLoadBalancer", Instances("127.0.0.3", "127.0.0.4")),
            ("RegisterInstancesWithLoadBalancer", Instances("127.0.0.3")),
            ("DeregisterInstancesFromLoadBalancer", Instances("127.0.0.3", "i-0ffffff0")),
            ("DescribeInstanceHealth", Instances("i-0ffffff0")),
            ("DeregisterInstancesFromLoadBalancer", Instances("127.0.0.3")),
            ("DeregisterInstancesFromLoadBalancer", Instances("127.0.0.3")));

        foreach (var refused in new[] { 1, 4, 5 })
        {
            Assert.Equal("InvalidInstance: Could not find EC2 instance i-0ffffff0.", Error(answers[refused]));
        }

        Assert.Equal(["127.0.0.3", "127.0.0.4"], Ids(answers[2]));
        Assert.Equal(["127.0.0.3", "127.0.0.4"], Ids(answers[3]));
        Assert.Equal(["127.0.0.4"], Ids(answers[6]));
        Assert.Equal(["127.0.0.4"], Ids(answers[7]));
    }

    [Fact]
    public async Task An_unknown_certificate_and_an_unknown_group_have_the_codes_of_the_model()
    {
        const string Arn = "arn:aws:iam::123456789012:server-certificate/nowhere";
        var answers = await server.CallAsync(
            Creation("unknown", [new { Protocol = "HTTPS", LoadBalancerPort = 18443, InstancePort = 8000, SSLCertificateId = Arn }]),
            (
                "CreateLoadBalancer",
                new
                {
                    LoadBalancerName = "unknown",
                    Listeners = Web,
                    Subnets = new[] { "subnet-0a1b2c30" },
                    SecurityGroups = new[] { "web" },
                }));

        Assert.Equal($"CertificateNotFound: Server Certificate not found for the key: {Arn}", Error(answers[0]));
        Assert.StartsWith("InvalidSecurityGroup: ", Error(answers[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_are_counted_with_those_there_are_and_a_key_given_twice_is_refused()
    {
        object Tags(int first, int count) =>
            new
            {
                LoadBalancerNames = new[] { "tagged" },
                Tags = Enumerable.Range(first, count).Select(number => new { Key = $"k{number}", Value = "v" }),
            };
        var answers = await server.CallAsync(
            Creation("tagged", Web), ("AddTags", Tags(1, 50)), ("AddTags", Tags(50, 1)), ("AddTags", Tags(51, 1)),
            (
                "AddTags",
                new
                {
                    LoadBalancerNames = new[] { "tagged" },
                    Tags = new[] { new { Key = "k1", Value = "a" }, new { Key = "k1", Value = "b" } },
                }));

        Assert.Null(answers[2]["error"]);
        Assert.StartsWith("TooManyTags: ", Error(answers[3]), StringComparison.Ordinal);
        Assert.Equal("DuplicateTagKeys: Duplicate Tag Keys found in the request. Tag keys should be unique.", Error(answers[4]));
    }

    [Fact]
    public async Task Attributes_are_merged_only_the_given_groups_are_echoed_and_none_is_doubled()
    {
        var one = new { LoadBalancerName = "attributes" };
        object Modify(object attributes) => new { LoadBalancerName = "attributes", LoadBalancerAttributes = attributes };
        var answers = await server.CallAsync(
            Creation("attributes", Web),
            ("ModifyLoadBalancerAttributes", Modify(new { ConnectionSettings = new { IdleTimeout = 90 } })),
            ("ModifyLoadBalancerAttributes", Modify(new { ConnectionDraining = new { Enabled = true, Timeout = 20 } })),
            ("ModifyLoadBalancerAttributes", Modify(new { ConnectionDraining = new { Enabled = false } })),
            ("DescribeLoadBalancerAttributes", one));

        Assert.Equal("""{"ConnectionSettings":{"IdleTimeout":90}}""", answers[1]["LoadBalancerAttributes"]!.ToJsonString());
        Assert.Equal(
            """{"CrossZoneLoadBalancing":{"Enabled":false},"AccessLog":{"Enabled":false}""" +
            ""","ConnectionDraining":{"Enabled":false,"Timeout":20},"ConnectionSettings":{"IdleTimeout":90}""" +
            ""","AdditionalAttributes":[{"Key":"elb.http.desyncmitigationmode","Value":"defensive"}]}""",
            answers[4]["LoadBalancerAttributes"]!.ToJsonString());
    }

    [Fact]
    public async Task All_listeners_may_go_at_once_and_a_listener_that_is_there_may_be_made_again()
    {
        object Listener(int port, int instancePort) => new { Protocol = "tcp", LoadBalancerPort = port, InstancePort = instancePort };
        object Listeners(params object[] listeners) => new { LoadBalancerName = "many", Listeners = listeners };
        var answers = await server.CallAsync(
            Creation("many", [Listener(18081, 81), Listener(18082, 82), Listener(18083, 83)]),
            ("CreateLoadBalancerListeners", Listeners(Listener(18082, 82))),
            ("CreateLoadBalancerListeners", Listeners(Listener(18082, 99))),
            ("DeleteLoadBalancerListeners", new { LoadBalancerName = "many", LoadBalancerPorts = new[] { 18081, 18083, 18099 } }),
            Describe("many"),
            ("DeleteLoadBalancerListeners", new { LoadBalancerName = "many", LoadBalancerPorts = new[] { 18082 } }), Describe("many"));

        Assert.Null(answers[1]["error"]);
        Assert.Equal(
            "DuplicateListener: A listener already exists for many with LoadBalancerPort 18082, but with a different InstancePort, " +
            "Protocol, or SSLCertificateId",
            Error(answers[2]));
        var left = Assert.Single(answers[4]["LoadBalancerDescriptions"]![0]!["ListenerDescriptions"]!.AsArray())!["Listener"]!;
        Assert.Equal("""{"Protocol":"TCP","LoadBalancerPort":18082,"InstanceProtocol":"TCP","InstancePort":82}""", left.ToJsonString());
        Assert.Empty(answers[6]["LoadBalancerDescriptions"]![0]!["ListenerDescriptions"]!.AsArray());
    }

    [Fact]
    public async Task Wrong_arguments_are_validation_errors_with_AWS_s_words()
    {
        var answers = await server.CallAsync(
            Creation("wrong", Web), Creation("no_name", Web), Creation(new string('a', 33), Web),
            (
                "CreateLoadBalancer",
                new
                {
                    LoadBalancerName = "both",
                    Listeners = Web,
                    AvailabilityZones = new[] { "us-east-1a" },
                    Subnets = new[] { "subnet-0a1b2c30" },
                }),
            ("CreateLoadBalancer", new { LoadBalancerName = "neither", Listeners = Web }),
            ("ConfigureHealthCheck", Check("HTTP:80")), ("ConfigureHealthCheck", Check("TCP:80/x")),
            ("ConfigureHealthCheck", Check("UDP:80")));

        Assert.Equal(
            [
                "ValidationError: LoadBalancer name cannot contain characters that are not letters, or digits or the dash.",
                "ValidationError: LoadBalancer name cannot be longer than 32 characters",
                "ValidationError: Only one of SubnetIds or AvailabilityZones may be specified",
                "ValidationError: Either AvailabilityZones or SubnetIds must be specified",
                "ValidationError: HealthCheck HTTP Target must specify a port followed by a path that begins with a slash. e.g. " +
                "HTTP:80/ping/this/path",
                "ValidationError: HealthCheck Target must specify a port number",
                "ValidationError: HealthCheck Target must begin with one of HTTP, TCP, HTTPS, SSL",
            ],
            answers.Skip(1).Select(Error));

        object Check(string target) => new
        {
            LoadBalancerName = "wrong",
            HealthCheck = new { Target = target, Interval = 10, Timeout = 5, HealthyThreshold = 2, UnhealthyThreshold = 2 },
        };
    }

    private static (string, object) Describe(string name) => ("DescribeLoadBalancers", new { LoadBalancerNames = new[] { name } });

    private static IEnumerable<string?> Ids(JsonNode answer) =>
        answer["Instances"]!.AsArray().Select(instance => (string?)instance!["InstanceId"]);
}
