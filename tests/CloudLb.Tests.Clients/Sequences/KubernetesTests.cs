namespace CloudLb.Tests.Clients.Sequences;

/// <summary>Kubernetes' AWS cloud controller and eksctl as CloudLb sees them.</summary>
public sealed class KubernetesTests(SequenceServer server) : IClassFixture<SequenceServer>
{
    /// <summary>What the controller calls on every pass, whether something changed or not.</summary>
    private static readonly string[] EveryPass =
        [
            "DescribeInstances", "DescribeLoadBalancers", "DescribeLoadBalancerAttributes", "ModifyLoadBalancerAttributes",
            "DescribeLoadBalancers",
        ];

    private static readonly KubernetesService Web = new()
    {
        LoadBalancerName = "a4f1e8d2c3b54a6f9a0b1c2d3e4f5a6b",
        Ports = [new(80, "tcp", 31080, "tcp", null), new(2222, "tcp", 31022, "tcp", null)],
        Subnets = ["subnet-0a1b2c30", "subnet-0a1b2c31"],
        SecurityGroups = ["sg-0a1b2c3d"],
        Nodes = ["i-0a1b2c3d", "i-0a1b2c3e"],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_is_made_synced_changed_and_deleted()
    {
        var sdk = server.Kubernetes(4);
        var controller = new KubernetesController(sdk, Token);

        sdk.Purpose = "the Service is made";
        var host = await controller.EnsureAsync(Web);
        Assert.EndsWith(".elb.amazonaws.com", host, StringComparison.Ordinal);
        sdk.Purpose = "a sync without a change";
        Assert.Equal(EveryPass, await CallsOfAsync(sdk, () => controller.EnsureAsync(Web)));
        Assert.Equal(host, await controller.HostAsync(Web.LoadBalancerName));

        sdk.Purpose = "the PROXY protocol is asked for";
        var proxied = Web with { ProxyProtocol = true };
        await controller.EnsureAsync(proxied);
        Assert.Equal(
            [.. EveryPass[..2], "CreateLoadBalancerPolicy", .. EveryPass[2..]],
            await CallsOfAsync(sdk, () => controller.EnsureAsync(proxied)));

        sdk.Purpose = "ports, subnets, groups, nodes and the check change";
        var changed = proxied with
        {
            Ports = [new(80, "tcp", 31081, "tcp", null)], Subnets = ["subnet-0a1b2c31", "subnet-0b1b2c30"],
            SecurityGroups = ["sg-0b1b2c3d", "sg-0a1b2c3d"],
            Nodes = ["i-0a1b2c3e", "i-0a1b2c3f"], HealthPath = "/healthz",
        };
        await controller.EnsureAsync(changed);
        sdk.Purpose = "a sync without a change";
        await controller.EnsureAsync(changed);
        Assert.Equal(
            [.. EveryPass[..2], "CreateLoadBalancerPolicy", .. EveryPass[2..]],
            await CallsOfAsync(sdk, () => controller.EnsureAsync(changed)));

        sdk.Purpose = "the PROXY protocol is no longer asked for";
        await controller.EnsureAsync(changed with { ProxyProtocol = false });
        Assert.Equal(EveryPass, await CallsOfAsync(sdk, () => controller.EnsureAsync(changed with { ProxyProtocol = false })));
        sdk.Purpose = "access logs are asked for";
        var logged = changed with { ProxyProtocol = false, AccessLog = (true, "logs", "prod/web", 5) };
        await controller.EnsureAsync(logged);
        sdk.Purpose = "a sync without a change";
        Assert.Equal(EveryPass, await CallsOfAsync(sdk, () => controller.EnsureAsync(logged)));
        sdk.Purpose = "access logs go elsewhere, with the defaults";
        await controller.EnsureAsync(logged with { AccessLog = (true, "other-logs", null, null) });
        sdk.Purpose = "access logs are no longer asked for";
        await controller.EnsureAsync(logged with { AccessLog = null });

        sdk.Purpose = "a node goes";
        Assert.Equal(
            ["DescribeLoadBalancers", "DeregisterInstancesFromLoadBalancer"],
            await CallsOfAsync(sdk, () => controller.UpdateAsync(changed with { ProxyProtocol = false, Nodes = ["i-0a1b2c3e"] })));
        sdk.Purpose = "the Service is deleted";
        await controller.DeleteAsync(Web.LoadBalancerName);
        await controller.DeleteAsync(Web.LoadBalancerName);
        Assert.Null(await controller.HostAsync(Web.LoadBalancerName));
        Conversation.Check("kubernetes/service", sdk.Steps);
    }

    [Fact]
    public async Task A_service_with_TLS_has_its_policy_on_every_secure_listener()
    {
        var account = server.FreshAccount();
        var sdk = server.Kubernetes(account);
        var files = ServerCertificateFiles.New("web.test");
        await server
            .Terraform(account)
            .CallAsync(
                "iam:UploadServerCertificate",
                new { CertificateBody = files.Certificate, PrivateKey = files.Key, ServerCertificateName = "web" }, Token);
        var arn = $"arn:aws:iam::{400_000_000_000 + account}:server-certificate/web";
        var controller = new KubernetesController(sdk, Token);
        var service = Web with
        {
            Ports = [new(443, "https", 31443, "http", arn), new(8443, "ssl", 31444, "tcp", arn), new(80, "http", 31080, "http", null)],
            SslPolicy = "ELBSecurityPolicy-TLS-1-2-2017-01", Internal = true,
        };

        await controller.EnsureAsync(service);

        // The certificate's ARN comes back as it was given, the protocols in upper case, and nothing is deleted and made again.
        Assert.Equal(
            [.. EveryPass, "DescribeLoadBalancerPolicies", "SetLoadBalancerPoliciesOfListener", "SetLoadBalancerPoliciesOfListener"],
            await CallsOfAsync(sdk, () => controller.EnsureAsync(service)));
        var listeners = new TerraformPolicyResources(sdk, service.LoadBalancerName, Token);
        Assert.Equal("k8s-SSLNegotiationPolicy-ELBSecurityPolicy-TLS-1-2-2017-01", await listeners.ReadListenerPolicyAsync(443));
        Assert.Equal("k8s-SSLNegotiationPolicy-ELBSecurityPolicy-TLS-1-2-2017-01", await listeners.ReadListenerPolicyAsync(8443));
        await controller.DeleteAsync(service.LoadBalancerName);
    }

    [Fact]
    public async Task Eksctl_waits_until_the_load_balancers_of_a_cluster_are_gone()
    {
        var controller = new KubernetesController(server.Kubernetes(5), Token);
        await controller.EnsureAsync(Web);

        var sdk = server.Eksctl(5);
        sdk.Purpose = "the cluster is deleted";
        var name = new { LoadBalancerNames = new[] { Web.LoadBalancerName } };
        var described = (await sdk.CallAsync("elb:DescribeLoadBalancers", name, Token)).Need("DescribeLoadBalancersResult");
        var group = Assert.Single(Assert.Single(described.Items("LoadBalancerDescriptions")).Items("SecurityGroups")).Value;
        var groups = await sdk.CallAsync("ec2:DescribeSecurityGroups", new { GroupId = new[] { group } }, Token);
        Assert.Equal(group, Assert.Single(groups.Items("securityGroupInfo")).Need("groupId").Value);

        Assert.Single(
            (await sdk.CallAsync("elb:DescribeLoadBalancers", name, Token))
                .Need("DescribeLoadBalancersResult")
                .Items("LoadBalancerDescriptions"));
        await controller.DeleteAsync(Web.LoadBalancerName);
        sdk.Purpose = "is it gone";
        var gone = await Assert.ThrowsAsync<AwsError>(() => sdk.CallAsync("elb:DescribeLoadBalancers", name, Token));

        // An empty list would count as still there.
        Assert.Equal("LoadBalancerNotFound", gone.Code);
        Conversation.Check("eksctl/delete-cluster", sdk.Steps);
    }

    /// <summary>The actions that are called meanwhile.</summary>
    private static async Task<IReadOnlyList<string>> CallsOfAsync(GoSdk sdk, Func<Task> work)
    {
        var before = sdk.Steps.Count;
        await work();
        return [.. sdk.Steps.Skip(before).Select(step => step.Title.Split(':')[^1])];
    }
}
