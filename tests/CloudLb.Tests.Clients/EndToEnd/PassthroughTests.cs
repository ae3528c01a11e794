using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>One endpoint for everything: real load balancers from CloudLb, the rest from moto behind it.</summary>
public sealed class PassthroughTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<AwsPython> Pythons => [.. AwsPython.All];

    /// <summary>The settings that have calls of the first account passed on, EC2's among them.</summary>
    internal static IReadOnlyList<(string Name, string Value)> SettingsFor(Uri upstream) =>
    [
        ("Passthrough:Url", upstream.ToString().TrimEnd('/')),
        ("Passthrough:Accounts:0:AccountId", Account.First.Id),
        ("Passthrough:Accounts:0:AccessKeyId", "UPSTREAM"),
        ("Passthrough:Accounts:0:SecretAccessKey", "upstream-secret"),
        ("Inventory:Ec2Endpoint", upstream.ToString().TrimEnd('/')),
        ("Inventory:Ec2AccessKeyId", "UPSTREAM"),
        ("Inventory:Ec2SecretAccessKey", "upstream-secret"),
        ("Inventory:Ec2Timeout", "00:00:30"),
    ];

    [Theory]
    [MemberData(nameof(Pythons), DisableDiscoveryEnumeration = true)]
    public async Task Boto3_makes_a_bucket_a_queue_a_topic_a_table_and_a_load_balancer(AwsPython python)
    {
        await using var moto = await MotoServer.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token, SettingsFor(moto.Url));

        var answers = await python.CallAsync(
            server.Url, Token, Account.First,
            ("s3", "CreateBucket", new { Bucket = "things" }),
            ("s3", "PutObject", new { Bucket = "things", Key = "a key/with ü+%", Body = new string('x', 100_000) }),
            ("s3", "HeadObject", new { Bucket = "things", Key = "a key/with ü+%" }),
            ("sqs", "CreateQueue", new { QueueName = "jobs" }),
            ("sns", "CreateTopic", new { Name = "news" }),
            ("dynamodb", "CreateTable", new
            {
                TableName = "rows",
                BillingMode = "PAY_PER_REQUEST",
                AttributeDefinitions = new[] { new { AttributeName = "id", AttributeType = "S" } },
                KeySchema = new[] { new { AttributeName = "id", KeyType = "HASH" } },
            }),
            ("cloudwatch", "PutMetricData", new { Namespace = "n", MetricData = new[] { new { MetricName = "m", Value = 1 } } }),
            ("autoscaling", "DescribeAutoScalingGroups", new { }),
            ("elbv2", "DescribeLoadBalancers", new { }),
            ("iam", "ListRoles", new { }),
            ("elb", "CreateLoadBalancer", new
            {
                LoadBalancerName = "web",
                AvailabilityZones = new[] { "us-east-1a" },
                Listeners = new[]
                {
                    new { Protocol = "HTTP", LoadBalancerPort = Ports.Http, InstanceProtocol = "HTTP", InstancePort = 8000 },
                },
            }),
            ("elb", "DescribeLoadBalancers", new { LoadBalancerNames = new[] { "web" } }),
            ("sts", "GetCallerIdentity", new { }));

        Assert.All(answers, answer => Assert.True(answer["error"] is null, answer.ToJsonString()));
        Assert.Equal(100_000, (int?)answers[2]["ContentLength"]);

        // Its own answers lead back here, and not past CloudLb.
        Assert.StartsWith(server.Url.ToString(), (string?)answers[3]["QueueUrl"], StringComparison.Ordinal);
        Assert.Equal("rows", (string?)answers[5]["TableDescription"]!["TableName"]);
        Assert.Equal("web", (string?)answers[11]["LoadBalancerDescriptions"]![0]!["LoadBalancerName"]);
        Assert.Equal(Account.First.Id, (string?)answers[12]["Account"]);
    }

    [Fact]
    public async Task What_only_load_balancers_have_EC2_still_tells_and_the_rest_is_the_other_endpoint_s()
    {
        await using var moto = await MotoServer.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token, SettingsFor(moto.Url));
        var python = AwsPython.All.First();
        var networks = Path.Combine(server.DataDirectory, "inventory.ec2.json");
        await Wait.ForAsync(() => Task.FromResult(File.Exists(networks)), isKnown => isKnown, Token);
        static object Filter(string name, string value) => new { Filters = new[] { new { Name = name, Values = new[] { value } } } };

        var made = await python.CallAsync(
            server.Url, Token, Account.First,
            ("elb", "CreateLoadBalancer", new
            {
                LoadBalancerName = "web",
                AvailabilityZones = new[] { "us-east-1a" },
                Listeners = new[]
                {
                    new { Protocol = "HTTP", LoadBalancerPort = Ports.Http, InstanceProtocol = "HTTP", InstancePort = 8000 },
                },
            }),
            ("elb", "DescribeLoadBalancers", new { }));
        var source = (string)made[1]["LoadBalancerDescriptions"]![0]!["SourceSecurityGroup"]!["GroupName"]!;
        var id = (string)made[1]["LoadBalancerDescriptions"]![0]!["SecurityGroups"]![0]!;
        var answers = await python.CallAsync(
            server.Url, Token, Account.First,
            ("ec2", "DescribeSecurityGroups", Filter("group-name", source)),
            ("ec2", "DescribeSecurityGroups", new { GroupIds = new[] { id } }),
            ("ec2", "DescribeNetworkInterfaces", Filter("description", "ELB web")),
            ("ec2", "DescribeNetworkInterfaces", Filter("attachment.instance-owner-id", "amazon-elb")),
            ("ec2", "DescribeNetworkInterfaces", new { }),
            ("ec2", "DescribeSecurityGroups", new { }),
            ("ec2", "CreateSecurityGroup", new { GroupName = "mine", Description = "mine" }),
            ("ec2", "DescribeSecurityGroups", Filter("group-name", "mine")));

        Assert.All(answers, answer => Assert.True(answer["error"] is null, answer.ToJsonString()));
        Assert.StartsWith("default_elb_", source, StringComparison.Ordinal);
        Assert.Equal(
            [1, 1, 1, 1, 0, 1, 1],
            new[] { 0, 1, 2, 3, 4, 5, 7 }.Select(
                index => (answers[index]["SecurityGroups"] ?? answers[index]["NetworkInterfaces"])!.AsArray().Count));
    }

    [Fact]
    public async Task The_AWS_CLI_copies_a_long_file_in_parts_and_back()
    {
        const string Program = "/usr/bin/aws";
        Installed.OrSkip(File.Exists(Program), "The AWS CLI is not installed (apt install awscli).");
        await using var moto = await MotoServer.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(Token, SettingsFor(moto.Url));
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ACCESS_KEY_ID"] = Account.First.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = Account.First.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = Account.Region,
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        var directory = Directory.CreateTempSubdirectory("clb-copies-");
        try
        {
            // The CLI makes parts of what is longer than 8 MiB.
            var there = Path.Combine(directory.FullName, "there");
            var back = Path.Combine(directory.FullName, "back");
            var bytes = new byte[20 * 1024 * 1024];
            Random.Shared.NextBytes(bytes);
            await File.WriteAllBytesAsync(there, bytes, Token);
            foreach (string[] command in (string[][])[["mb", "s3://things"], [
                "cp", there, "s3://things/a b"], ["cp", "s3://things/a b", back], ["rb", "--force", "s3://things"]])
            {
                var result = await ChildProcess.RunAsync(
                    Program, ["--endpoint-url", server.Url.ToString(), "s3", .. command], environment, Token);
                Assert.True(result.ExitCode == 0, $"aws s3 {string.Join(' ', command)}: {result.Output} {result.Error}");
            }

            var returned = await File.ReadAllBytesAsync(back, Token);
            Assert.True(bytes.SequenceEqual(returned), "What came back is not what was sent.");
            Assert.Contains("uploadId=", moto.Output, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Only_full_keys_of_the_accounts_that_the_settings_name_reach_it()
    {
        await using var moto = await MotoServer.StartAsync(Token);
        await using var server = await CloudLbProcess.StartAsync(
            Token,
            [
                .. SettingsFor(moto.Url),
                ("AccessKeys:1:AccountId", Account.First.Id), ("AccessKeys:1:AccessKeyId", "AKIDREGISTER"),
                ("AccessKeys:1:SecretAccessKey", Account.First.SecretAccessKey), ("AccessKeys:1:Permission", "RegisterSelf"),
                ("AccessKeys:1:LoadBalancers", "web"),
                ("AccessKeys:2:AccountId", Account.First.Id), ("AccessKeys:2:AccessKeyId", "AKIDREADER"),
                ("AccessKeys:2:SecretAccessKey", Account.First.SecretAccessKey), ("AccessKeys:2:Permission", "ReadOnly"),
            ]);
        var python = AwsPython.All.First();
        (string Service, string Action, object Parameters)[] calls =
        [
            ("dynamodb", "ListTables", new { }), ("s3", "ListBuckets", new { }), ("sns", "ListTopics", new { }),
            ("ec2", "DescribeVpcs", new { }),
        ];
        async Task<string[]> CodesAsync(Account account) =>
            [.. (await python.CallAsync(server.Url, Token, account, calls)).Select(answer => (string?)answer["error"]?[0] ?? "none")];

        Assert.Equal(["none", "none", "none", "none"], await CodesAsync(Account.First));
        var registering = await CodesAsync(Account.First with { AccessKeyId = "AKIDREGISTER" });
        var reading = await CodesAsync(Account.First with { AccessKeyId = "AKIDREADER" });
        var others = await CodesAsync(Account.Second);
        var wrong = await CodesAsync(Account.First with { SecretAccessKey = "wrong" });

        string[] denied = ["AccessDeniedException", "AccessDenied", "AccessDenied", "UnauthorizedOperation"];
        Assert.Equal(denied, registering);
        Assert.Equal(denied, reading);
        Assert.Equal(["UnknownOperationException", "NotImplemented", "InvalidAction", "none"], others);
        Assert.Equal(["InvalidSignatureException", "SignatureDoesNotMatch", "SignatureDoesNotMatch", "AuthFailure"], wrong);
    }
}
