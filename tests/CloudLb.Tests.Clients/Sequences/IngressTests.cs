namespace CloudLb.Tests.Clients.Sequences;

/// <summary>The AWS Load Balancer Controller as CloudLb sees it.</summary>
public sealed class IngressTests(IngressServer server) : IClassFixture<IngressServer>
{
    private static readonly KubernetesIngress Shop = new()
    {
        Name = "shop",
        Subnets = ["subnet-1", "subnet-2"],
        SecurityGroups = ["sg-1"],
        Services = new Dictionary<string, string[]> { ["front"] = ["127.0.0.3", "127.0.0.4"], ["api"] = ["127.0.0.3"] },
        Rules = [("shop.example.com", "/api/*", "api"), ("shop.example.com", "/*", "front")],
        Attributes = new Dictionary<string, string> { ["idle_timeout.timeout_seconds"] = "120" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_ingress_is_made_synced_changed_and_deleted()
    {
        var sdk = server.Controller(0);
        var controller = new LoadBalancerController(sdk, Token);

        sdk.Purpose = "the Ingress is made";
        var host = await controller.EnsureAsync(Shop);
        Assert.EndsWith(".elb.amazonaws.com", host, StringComparison.Ordinal);
        sdk.Purpose = "a sync without a change";
        await ChangesNothingAsync(sdk, () => controller.EnsureAsync(Shop));

        sdk.Purpose = "a rule before the others, another port, subnets, groups, checks, attributes and tags";
        var changed = Shop with
        {
            Rules = [(null, "/health", "front"), .. Shop.Rules],
            Ports = [80, 8080],
            Subnets = ["subnet-2", "subnet-3"],
            SecurityGroups = ["sg-1", "sg-2"],
            HealthPath = "/up",
            Attributes = new Dictionary<string, string> { ["idle_timeout.timeout_seconds"] = "60" },
            Tags = new Dictionary<string, string> { ["team"] = "a" },
        };
        Assert.Equal(host, await controller.EnsureAsync(changed));
        sdk.Purpose = "a sync without a change";
        await ChangesNothingAsync(sdk, () => controller.EnsureAsync(changed));

        sdk.Purpose = "a service goes, with its rule and its port, and a pod of the other";
        var smaller = changed with
        {
            Ports = [8080],
            Services = new Dictionary<string, string[]> { ["front"] = ["127.0.0.4"] },
            Rules = [("shop.example.com", null, "front")],
            Tags = new Dictionary<string, string>(),
        };
        await controller.EnsureAsync(smaller);
        sdk.Purpose = "a sync without a change";
        await ChangesNothingAsync(sdk, () => controller.EnsureAsync(smaller));

        sdk.Purpose = "the Ingress is deleted";
        await controller.DeleteAsync(smaller);
        await ChangesNothingAsync(sdk, () => controller.DeleteAsync(smaller));

        // What health is answered follows from when the first checks have failed.
        Conversation.Check(
            "kubernetes/ingress",
            [.. sdk.Steps.Where(step => !step.Title.EndsWith(":DescribeTargetHealth", StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task A_service_is_made_synced_changed_and_deleted()
    {
        var sdk = server.Controller(2);
        var controller = new NetworkController(sdk, Token);
        var (first, second) = (await server.CertificateAsync(2, "first"), await server.CertificateAsync(2, "second"));
        var mail = new NetworkService
        {
            Name = "mail", Subnets = ["subnet-1", "subnet-2"], SecurityGroups = ["sg-1"], Certificates = [first, second],
            Ports = [("80", "30080"), ("443", "30443")], Nodes = ["i-0a", "i-0b"],
        };

        sdk.Purpose = "the Service is made";
        var host = await controller.EnsureAsync(mail);
        Assert.EndsWith(".elb.amazonaws.com", host, StringComparison.Ordinal);
        sdk.Purpose = "a sync without a change";
        await ChangesNothingAsync(sdk, () => controller.EnsureAsync(mail));

        sdk.Purpose = "everything that annotations change";
        var changed = mail with
        {
            Subnets = ["subnet-2", "subnet-3"], SecurityGroups = ["sg-2", "sg-1"], HealthPath = "/up", Certificates = [second],
            SslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06", AlpnPolicy = "HTTP2Preferred",
            Attributes = new Dictionary<string, string> { ["load_balancing.cross_zone.enabled"] = "true" },
            GroupAttributes = new Dictionary<string, string>
            {
                ["deregistration_delay.timeout_seconds"] = "30", ["proxy_protocol_v2.enabled"] = "true", ["stickiness.enabled"] = "true",
                ["stickiness.type"] = "source_ip",
            },
            Tags = new Dictionary<string, string> { ["team"] = "a" },
        };
        Assert.Equal(host, await controller.EnsureAsync(changed));
        sdk.Purpose = "a sync without a change";
        await ChangesNothingAsync(sdk, () => controller.EnsureAsync(changed));

        sdk.Purpose = "the secure port goes, and a node";
        var smaller = changed with { Ports = mail.Ports.Take(1).ToArray(), Nodes = ["i-0b"], HealthPath = null };
        await controller.EnsureAsync(smaller);
        sdk.Purpose = "a sync without a change";
        await ChangesNothingAsync(sdk, () => controller.EnsureAsync(smaller));

        sdk.Purpose = "the Service is deleted";
        await controller.DeleteAsync(smaller);
        await ChangesNothingAsync(sdk, () => controller.DeleteAsync(smaller));
        Conversation.Check(
            "kubernetes/network-service",
            [.. sdk.Steps.Where(step => !step.Title.EndsWith(":DescribeTargetHealth", StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task Several_ingresses_are_made_changed_and_deleted_at_once()
    {
        var sdk = server.Controller(1);
        var controller = new LoadBalancerController(sdk, Token);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async number =>
        {
            var ingress = Shop with { Name = $"shop{number}" };
            var host = await PassAsync(() => controller.EnsureAsync(ingress));
            var changed = ingress with { Rules = [("other.example.com", null, "api"), .. ingress.Rules] };
            Assert.Equal(host, await PassAsync(() => controller.EnsureAsync(changed)));
            await PassAsync(() => controller.EnsureAsync(ingress));
            await PassAsync(async () =>
            {
                await controller.DeleteAsync(ingress);
                return "";
            });
        }));

        await ChangesNothingAsync(sdk, () => controller.DeleteAsync(Shop));
    }

    /// <summary>A pass that another's deletion got into the way of is begun anew, as the controller does.</summary>
    private static async Task<string> PassAsync(Func<Task<string>> pass)
    {
        while (true)
        {
            try
            {
                return await pass();
            }
            catch (AwsError error) when (error.Code is "LoadBalancerNotFound" or "TargetGroupNotFound")
            {
                Token.ThrowIfCancellationRequested();
            }
        }
    }

    private static async Task ChangesNothingAsync(GoSdk sdk, Func<Task> work)
    {
        var before = sdk.Steps.Count;
        await work();
        Assert.All(
            sdk.Steps.Skip(before).Select(step => step.Title.Split(':')[^1]),
            action => Assert.StartsWith("Describe", action, StringComparison.Ordinal));
    }
}
