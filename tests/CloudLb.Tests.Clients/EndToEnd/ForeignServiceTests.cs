using System.Text.Json;
using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>
/// AWS's own clients ask for services that CloudLb does not speak: each understands the answer, and it names the service.
/// </summary>
public sealed class ForeignServiceTests(SharedServer server)
{
    private static readonly (string Service, string Action, object Parameters, string SigningName, string Code)[] Calls =
    [
        ("dynamodb", "ListTables", new { }, "dynamodb", "UnknownOperationException"),
        ("kms", "ListKeys", new { }, "kms", "UnknownOperationException"),
        ("lambda", "ListFunctions", new { }, "lambda", "UnknownOperationException"),
        ("s3", "ListBuckets", new { }, "s3", "NotImplemented"),
        ("s3", "PutObject", new { Bucket = "bucket", Key = "a key/with ü+%", Body = "text" }, "s3", "NotImplemented"),
        ("route53", "ListHostedZones", new { }, "route53", "InvalidAction"),
        ("autoscaling", "DescribeAutoScalingGroups", new { }, "autoscaling", "InvalidAction"),
        ("sns", "ListTopics", new { }, "sns", "InvalidAction"),
    ];

    public static TheoryData<AwsPython> Pythons => [.. AwsPython.All];

    [Theory]
    [MemberData(nameof(Pythons), DisableDiscoveryEnumeration = true)]
    public async Task Boto3_is_told_which_service_is_not_spoken(AwsPython python)
    {
        // These two have changed their protocol: queries before, JSON and CBOR now; their clients tell the old code.
        var calls = Calls
            .Append(
                (
                    "cloudwatch", "PutMetricData", new { Namespace = "n", MetricData = new[] { new { MetricName = "m", Value = 1 } } },
                    "monitoring", ""))
            .Append(("sqs", "CreateQueue", new { QueueName = "q" }, "sqs", ""))
            .ToList();

        var answers = await python.CallAsync(
            server.Process.Url, TestContext.Current.CancellationToken, Account.First,
            [.. calls.Select(call => (call.Item1, call.Item2, call.Item3))]);

        foreach (var (call, answer) in calls.Zip(answers))
        {
            var error = answer["error"]?.AsArray();
            Assert.True(error is not null, answer.ToJsonString());
            Assert.StartsWith($"The service {call.Item4} is not spoken by this endpoint", (string?)error[1], StringComparison.Ordinal);
            Assert.True(
                call.Item5 == "" ? (string?)error[0] is "InvalidAction" or "UnknownOperationException" : (string?)error[0] == call.Item5,
                error.ToJsonString());
        }
    }

    [Fact]
    public async Task The_AWS_CLI_is_told_too()
    {
        const string Program = "/usr/bin/aws";
        Installed.OrSkip(File.Exists(Program), "The AWS CLI is not installed (apt install awscli).");
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ACCESS_KEY_ID"] = Account.First.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = Account.First.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = Account.Region,
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        foreach (var (command, name) in new[]
        {
            ("kms list-keys", "kms"),
            ("autoscaling describe-auto-scaling-groups", "autoscaling"),
            ("s3 ls", "s3"),
        })
        {
            var result = await ChildProcess.RunAsync(
                Program, ["--endpoint-url", server.Process.Url.ToString(), .. command.Split(' ')], environment,
                TestContext.Current.CancellationToken);

            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains($"The service {name} is not spoken by this endpoint", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_audit_names_the_service()
    {
        var python = AwsPython.All.First();
        await python.CallAsync(
            server.Process.Url, TestContext.Current.CancellationToken, Account.First, ("dynamodb", "ListTables", new { }));
        var file = Path.Combine(server.Process.DataDirectory, "audit", "audit.log");

        var lines = await Wait.ForAsync(
            () => Task.FromResult(File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)
                .Where(
                    line => line.TryGetProperty("eventSource", out var source) && source.GetString() == "dynamodb.amazonaws.com").ToList()),
            found => found.Count > 0,
            TestContext.Current.CancellationToken);
        Assert.Equal(
            ("ListTables", "InvalidAction"),
            (lines[0].GetProperty("eventName").GetString(), lines[0].GetProperty("errorCode").GetString()));
    }
}
