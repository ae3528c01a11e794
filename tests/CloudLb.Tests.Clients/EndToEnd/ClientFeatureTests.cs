using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class ClientFeatureTests(SharedServer server)
{
    [Theory]
    [InlineData("aws-cli")]
    [InlineData("boto3")]
    public async Task Clients_learn_who_they_are(string clientName)
    {
        var identity = await ElbClients.Named(clientName).CallAsync(
            server.Process.Url, "GetCallerIdentity", new { }, TestContext.Current.CancellationToken, Account.Second);

        Assert.Equal(Account.Second.Id, (string?)identity["Account"]);
        Assert.Equal($"arn:aws:iam::{Account.Second.Id}:root", (string?)identity["Arn"]);
    }

    [Fact]
    public async Task Waiters_of_boto3_see_instances_come_and_go()
    {
        var token = TestContext.Current.CancellationToken;
        await using var backend = await Backend.StartAsync(token);
        await server.Api.CreateWebAsync("waited", backend.Port, token);
        var registration = $$"""{"LoadBalancerName": "waited", "Instances": [{"InstanceId": "{{backend.Address}}"}]}""";

        var answers = await new Boto3().RunAsync(
            server.Process.Url,
            [
                new("call", "RegisterInstancesWithLoadBalancer", registration),
                new("wait", "InstanceInService", registration),
                new("wait", "AnyInstanceInService", """{"LoadBalancerName": "waited"}"""),
                new("call", "DescribeInstanceHealth", registration),
                new("call", "DeregisterInstancesFromLoadBalancer", registration),
                new("wait", "InstanceDeregistered", registration),
                new("call", "DescribeInstanceHealth", registration),
            ],
            token);

        Assert.Equal("InService", (string?)answers[3]["InstanceStates"]![0]!["State"]);
        Assert.Equal("OutOfService", (string?)answers[6]["InstanceStates"]![0]!["State"]);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_url_that_boto3_signs_answers_whoever_has_it(string method)
    {
        var token = TestContext.Current.CancellationToken;
        var name = $"presigned-{method.ToLowerInvariant()}";
        await server.Api.CreateWebAsync(name, 8000, token);

        var call = $$"""{"HttpMethod": "{{method}}", "Params": {"LoadBalancerNames": ["{{name}}"] } }""";
        var answers = await new Boto3().RunAsync(server.Process.Url, [new("presign", "DescribeLoadBalancers", call)], token);
        var answer = await ElbApi.SendUnsignedAsync(new(new HttpMethod(method), (string?)answers[0]), token);

        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(name, answer.Value("LoadBalancerName"));
    }

    [Theory]
    [MemberData(nameof(ElbClients.Names), MemberType = typeof(ElbClients))]
    public async Task Clients_read_AWS_s_words_out_of_an_error(string clientName)
    {
        var answer = await ElbClients.Named(clientName).TryCallAsync(
            server.Process.Url, "DescribeInstanceHealth", new { LoadBalancerName = "nowhere" }, TestContext.Current.CancellationToken);

        // The model names the error LoadBalancerNotFound and calls its shape AccessPointNotFoundException.
        Assert.Equal("LoadBalancerNotFound", (string?)answer["error"]![0]);
        Assert.Equal("There is no ACTIVE Load Balancer named 'nowhere'", (string?)answer["error"]![1]);
    }

    [Theory]
    [InlineData("boto3")]
    [InlineData("javascript")]
    public async Task A_page_of_many_is_followed_by_the_next(string clientName)
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await CloudLbProcess.StartAsync(token);
        var api = new ElbApi(server.Url);
        foreach (var number in Enumerable.Range(1, 5))
        {
            await api.CreateWebAsync($"page-{number}", 8000, token);
        }

        var names = new List<string?>();
        string? marker = null;
        do
        {
            var page = await ElbClients.Named(clientName).CallAsync(
                server.Url, "DescribeLoadBalancers", marker is null ? new { PageSize = 2 } : new { PageSize = 2, Marker = marker }, token);
            names.AddRange(page["LoadBalancerDescriptions"]!.AsArray().Select(description => (string?)description!["LoadBalancerName"]));
            marker = (string?)page["NextMarker"];
        }
        while (!string.IsNullOrEmpty(marker));

        Assert.Equal(["page-1", "page-2", "page-3", "page-4", "page-5"], names);
    }
}
