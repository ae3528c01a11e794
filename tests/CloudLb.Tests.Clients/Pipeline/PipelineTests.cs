using Amazon.Runtime;
using Amazon.SecurityToken;
using CloudLb.Elb.Contracts;
using CloudLb.Tests.Clients.Harness;
using Actions = CloudLb.Elb.Contracts.ElasticLoadBalancingContract;

namespace CloudLb.Tests.Clients.Pipeline;

/// <summary>The AWS SDK for .NET's pipeline against the real server.</summary>
public sealed class PipelineTests(SharedServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_load_balancer_is_made_carries_traffic_is_changed_and_deleted()
    {
        using var client = Client(server.Process.Url);
        await using var backend = await Backend.StartAsync(Token);
        const string Name = "life-dotnet";
        Instance[] instances = [new() { InstanceId = backend.Address }];

        var created = await client.CallAsync(
            Actions.CreateLoadBalancer,
            new()
            {
                LoadBalancerName = Name,
                AvailabilityZones = ["us-east-1a"],
                Listeners = [new() { Protocol = "HTTP", LoadBalancerPort = Ports.Http, InstancePort = backend.Port }],
                Tags = [new() { Key = "a + b", Value = "ü = é/@+" }],
            },
            Token);
        Assert.StartsWith($"{Name}-", created.DNSName, StringComparison.Ordinal);
        var registered = await client.CallAsync(
            Actions.RegisterInstancesWithLoadBalancer, new() { LoadBalancerName = Name, Instances = instances }, Token);
        Assert.Equal(instances, registered.Instances!);
        await Wait.ForAsync(
            () => client.CallAsync(Actions.DescribeInstanceHealth, new() { LoadBalancerName = Name, Instances = instances }, Token),
            health => health.InstanceStates is [{ State: "InService", ReasonCode: "N/A", Description: "N/A" }],
            Token);
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(await server.Process.TrafficUrlAsync(Name, Token), Token));

        await client.CallAsync(
            Actions.CreateLBCookieStickinessPolicy, new() { LoadBalancerName = Name, PolicyName = "sticky", CookieExpirationPeriod = 60 },
            Token);
        await client.CallAsync(
            Actions.SetLoadBalancerPoliciesOfListener,
            new() { LoadBalancerName = Name, LoadBalancerPort = Ports.Http, PolicyNames = ["sticky"] }, Token);
        await client.CallAsync(
            Actions.ModifyLoadBalancerAttributes,
            new() { LoadBalancerName = Name, LoadBalancerAttributes = new() { ConnectionSettings = new() { IdleTimeout = 10 } } }, Token);
        var described = Assert.Single(
            (await client.CallAsync(Actions.DescribeLoadBalancers, new() { LoadBalancerNames = [Name] }, Token)).LoadBalancerDescriptions!);
        Assert.Equal((created.DNSName, "internet-facing"), (described.DNSName, described.Scheme));
        Assert.Equal(["sticky"], Assert.Single(described.ListenerDescriptions!).PolicyNames!);
        Assert.Equal(60, Assert.Single(described.Policies!.LBCookieStickinessPolicies!).CookieExpirationPeriod);
        Assert.Empty(described.BackendServerDescriptions!);
        Assert.InRange(
            described.CreatedTime!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
        var tags = await client.CallAsync(Actions.DescribeTags, new() { LoadBalancerNames = [Name] }, Token);
        Assert.Equal([new() { Key = "a + b", Value = "ü = é/@+" }], Assert.Single(tags.TagDescriptions!).Tags!);

        // An empty list clears, and only then may the policy go.
        await client.CallAsync(
            Actions.SetLoadBalancerPoliciesOfListener, new() { LoadBalancerName = Name, LoadBalancerPort = Ports.Http, PolicyNames = [] },
            Token);
        await client.CallAsync(Actions.DeleteLoadBalancerPolicy, new() { LoadBalancerName = Name, PolicyName = "sticky" }, Token);
        var left = await client.CallAsync(
            Actions.DeregisterInstancesFromLoadBalancer, new() { LoadBalancerName = Name, Instances = instances }, Token);
        Assert.Empty(left.Instances!);
        await client.CallAsync(Actions.DeleteLoadBalancer, new() { LoadBalancerName = Name }, Token);
        await client.CallAsync(Actions.DeleteLoadBalancer, new() { LoadBalancerName = Name }, Token);
    }

    [Fact]
    public async Task A_modelled_error_is_told_by_its_code_and_is_not_tried_again()
    {
        await using var proxy = await FaultyProxy.StartAsync(server.Process.Url, Token);
        using var client = Client(proxy.Url);

        var error = await Assert.ThrowsAsync<ElbPipelineException>(
            () => client.CallAsync(Actions.DescribeTags, new() { LoadBalancerNames = ["nowhere"] }, Token));

        Assert.Equal(("LoadBalancerNotFound", "LoadBalancerNotFound", 400), (error.Modelled?.Code, error.ErrorCode, (int)error.StatusCode));
        Assert.Equal("There is no ACTIVE Load Balancer named 'nowhere'", error.Message);
        Assert.Equal(ErrorType.Sender, error.ErrorType);
        Assert.Matches("^[0-9a-f-]{36}$", error.RequestId);
        Assert.Equal(1, proxy.Received);
    }

    [Fact]
    public async Task The_one_error_with_status_409_is_read_like_the_others()
    {
        using var client = Client(server.Process.Url);
        await server.Api.CreateWebAsync("conflict-dotnet", 8000, Token);

        var error = await Assert.ThrowsAsync<ElbPipelineException>(
            () =>
                client.CallAsync(
                    Actions.DisableAvailabilityZonesForLoadBalancer,
                    new() { LoadBalancerName = "conflict-dotnet", AvailabilityZones = ["us-east-1a"] }, Token));

        Assert.Equal(("InvalidConfigurationRequest", 409), (error.Modelled?.Code, (int)error.StatusCode));
    }

    [Fact]
    public async Task An_error_that_no_model_has_is_still_one_of_the_service()
    {
        using var client = Client(server.Process.Url, Account.First with { SecretAccessKey = "wrong" });

        var error = await Assert.ThrowsAsync<ElbPipelineException>(() => client.CallAsync(Actions.DescribeLoadBalancers, new(), Token));

        Assert.Null(error.Modelled);
        Assert.Equal(("SignatureDoesNotMatch", 403), (error.ErrorCode, (int)error.StatusCode));
    }

    [Theory]
    [InlineData(400, "Throttling")]
    [InlineData(500, "InternalFailure")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(502, "")]
    public async Task What_may_pass_is_tried_again_until_it_has(int status, string code)
    {
        await using var proxy = await FaultyProxy.StartAsync(server.Process.Url, Token, (status, code), (status, code));
        using var client = Client(proxy.Url);

        Assert.NotNull((await client.CallAsync(Actions.DescribeLoadBalancers, new(), Token)).LoadBalancerDescriptions);

        Assert.Equal(3, proxy.Received);
    }

    [Fact]
    public async Task A_server_that_slows_an_account_down_is_waited_for()
    {
        await using var slow = await CloudLbProcess.StartAsync(Token, ("Throttling:RequestsPerSecond", "2"), ("Throttling:Burst", "1"));
        using var client = Client(slow.Url, maxRetries: 20);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.CallAsync(Actions.DescribeLoadBalancers, new(), Token)));
    }

    [Fact]
    public async Task The_SDK_s_own_client_for_STS_learns_who_it_is()
    {
        using var client = new AmazonSecurityTokenServiceClient(
            Account.Second.AccessKeyId, Account.Second.SecretAccessKey,
            new AmazonSecurityTokenServiceConfig { ServiceURL = server.Process.Url.ToString(), AuthenticationRegion = Account.Region });

        var identity = await client.GetCallerIdentityAsync(new(), Token);

        Assert.Equal((Account.Second.Id, $"arn:aws:iam::{Account.Second.Id}:root"), (identity.Account, identity.Arn));
        Assert.NotEmpty(identity.UserId);
    }

    private static ElbPipelineClient Client(Uri url, Account? account = null, int maxRetries = 4) => new(
        new BasicAWSCredentials((account ?? Account.First).AccessKeyId, (account ?? Account.First).SecretAccessKey),
        new() { ServiceURL = url.ToString(), AuthenticationRegion = Account.Region, MaxErrorRetry = maxRetries });
}
