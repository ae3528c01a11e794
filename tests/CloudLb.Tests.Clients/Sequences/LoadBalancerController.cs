using System.Globalization;
using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>
/// The calls that the AWS Load Balancer Controller makes for an Ingress, in its order: target groups, the load balancer, its listeners,
/// their rules, the targets, and last of all what is not needed any more. What there is it finds by its tags, whatever it is called.
/// </summary>
internal sealed class LoadBalancerController(GoSdk sdk, CancellationToken cancellationToken)
{
    private const string VpcId = "vpc-1";
    private const string Cluster = "elbv2.k8s.aws/cluster";
    private const string Stack = "ingress.k8s.aws/stack";
    private const string Resource = "ingress.k8s.aws/resource";

    /// <summary>As many ARNs as one DescribeTags may have.</summary>
    private const int TagsAtOnce = 20;

    /// <summary>Returns the DNS name that the Ingress shows.</summary>
    public async Task<string> EnsureAsync(KubernetesIngress ingress)
    {
        var before = await FindAsync("DescribeTargetGroups", "TargetGroups", "TargetGroupArn", ingress);
        var groups = new Dictionary<string, string>();
        foreach (var service in ingress.Services.Keys)
        {
            groups[service] = await EnsureGroupAsync(ingress, service, before.GetValueOrDefault(service));
        }

        var balancer = await EnsureLoadBalancerAsync(ingress);
        var arn = balancer.Need("LoadBalancerArn").Value;
        foreach (var listener in await EnsureListenersAsync(ingress, arn))
        {
            await new ListenerRules(sdk, listener, cancellationToken).EnsureAsync(ingress, groups, TagsOf(ingress, "rule"));
        }

        foreach (var (service, addresses) in ingress.Services)
        {
            await EnsureTargetsAsync(groups[service], addresses);
        }

        foreach (var (service, group) in before.Where(group => !ingress.Services.ContainsKey(group.Key)))
        {
            await sdk.RetryAsync(
                "elbv2:DeleteTargetGroup", new { TargetGroupArn = group.Need("TargetGroupArn").Value },
                error => error.Code == "ResourceInUse", cancellationToken);
        }

        return balancer.Need("DNSName").Value;
    }

    public async Task DeleteAsync(KubernetesIngress ingress)
    {
        foreach (var balancer in (await FindAsync("DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn", ingress)).Values)
        {
            await CallAsync("DeleteLoadBalancer", new { LoadBalancerArn = balancer.Need("LoadBalancerArn").Value });
        }

        foreach (var group in (await FindAsync("DescribeTargetGroups", "TargetGroups", "TargetGroupArn", ingress)).Values)
        {
            await sdk.RetryAsync(
                "elbv2:DeleteTargetGroup", new { TargetGroupArn = group.Need("TargetGroupArn").Value },
                error => error.Code == "ResourceInUse", cancellationToken);
        }
    }

    private async Task<string> EnsureGroupAsync(KubernetesIngress ingress, string service, XElement? found)
    {
        if (found is null)
        {
            var made = (await CallAsync("CreateTargetGroup", new
            {
                HealthCheckEnabled = "true",
                HealthCheckIntervalSeconds = "15",
                HealthCheckPath = ingress.HealthPath,
                HealthCheckPort = "traffic-port",
                HealthCheckProtocol = "HTTP",
                HealthCheckTimeoutSeconds = "5",
                HealthyThresholdCount = "2",
                Matcher = new { HttpCode = "200" },
                Name = $"k8s-{ingress.Name}-{service}",
                Port = "8080",
                Protocol = "HTTP",
                ProtocolVersion = "HTTP1",
                Tags = TagsOf(ingress, service),
                TargetType = "ip",
                UnhealthyThresholdCount = "2",
                VpcId,
            })).Items("TargetGroups");
            return Assert.Single(made).Need("TargetGroupArn").Value;
        }

        var arn = found.Need("TargetGroupArn").Value;
        Assert.Equal(("HTTP", "8080", "ip"), (found.Text("Protocol"), found.Text("Port"), found.Text("TargetType")));
        Assert.Equal(
            ("15", "5", "2", "2", "traffic-port", "200"),
            (found.Text("HealthCheckIntervalSeconds"), found.Text("HealthCheckTimeoutSeconds"), found.Text("HealthyThresholdCount"),
                found.Text("UnhealthyThresholdCount"), found.Text("HealthCheckPort"), found.Need("Matcher").Text("HttpCode")));
        if (found.Text("HealthCheckPath") != ingress.HealthPath)
        {
            await CallAsync("ModifyTargetGroup", new { HealthCheckPath = ingress.HealthPath, TargetGroupArn = arn });
        }

        await CallAsync("DescribeTargetGroupAttributes", new { TargetGroupArn = arn });
        return arn;
    }

    private async Task<XElement> EnsureLoadBalancerAsync(KubernetesIngress ingress)
    {
        var all = await FindAsync("DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn", ingress);
        var balancer = all.GetValueOrDefault("LoadBalancer") ?? Assert.Single((await CallAsync("CreateLoadBalancer", new
        {
            IpAddressType = "ipv4",
            Name = $"k8s-{ingress.Name}",
            Scheme = "internet-facing",
            ingress.SecurityGroups,
            SubnetMappings = ingress.Subnets.Select(subnet => new { SubnetId = subnet }),
            Tags = TagsOf(ingress, "LoadBalancer"),
            Type = "application",
        })).Items("LoadBalancers"));
        var arn = balancer.Need("LoadBalancerArn").Value;
        if (all.Count > 0)
        {
            Assert.Equal(("active", "internet-facing", "ipv4"),
                (balancer.Need("State", "Code").Value, balancer.Text("Scheme"), balancer.Text("IpAddressType")));
            await EnsureTagsAsync(arn, TagsOf(ingress, "LoadBalancer"));
            if (balancer.Set("SecurityGroups") != Answers.Set(ingress.SecurityGroups))
            {
                await CallAsync("SetSecurityGroups", new { LoadBalancerArn = arn, ingress.SecurityGroups });
            }

            var subnets = balancer.Items("AvailabilityZones").Select(zone => zone.Need("SubnetId").Value);
            if (Answers.Set(subnets) != Answers.Set(ingress.Subnets))
            {
                await CallAsync(
                    "SetSubnets",
                    new { LoadBalancerArn = arn, SubnetMappings = ingress.Subnets.Select(subnet => new { SubnetId = subnet }) });
            }
        }

        var attributes = Pairs((await CallAsync("DescribeLoadBalancerAttributes", new { LoadBalancerArn = arn })).Items("Attributes"));
        var changed = ingress.Attributes.Where(attribute => attributes[attribute.Key] != attribute.Value).ToList();
        if (changed.Count > 0)
        {
            await CallAsync("ModifyLoadBalancerAttributes", new { Attributes = changed, LoadBalancerArn = arn });
        }

        return balancer;
    }

    private async Task<IReadOnlyList<string>> EnsureListenersAsync(KubernetesIngress ingress, string balancer)
    {
        var found = (await CallAsync("DescribeListeners", new { LoadBalancerArn = balancer })).Items("Listeners");
        await TagsByArnAsync([.. found.Select(listener => listener.Need("ListenerArn").Value)]);
        foreach (var listener in found.Where(listener => !ingress.Ports.Contains(PortOf(listener))))
        {
            await CallAsync("DeleteListener", new { ListenerArn = listener.Need("ListenerArn").Value });
        }

        var arns = new List<string>();
        foreach (var port in ingress.Ports)
        {
            var listener = found.SingleOrDefault(listener => PortOf(listener) == port);
            if (listener is not null)
            {
                var action = Assert.Single(listener.Items("DefaultActions"));
                Assert.Equal(
                    ("fixed-response", "text/plain", "404", "HTTP"),
                    (action.Text("Type"), action.Need("FixedResponseConfig").Text("ContentType"),
                        action.Need("FixedResponseConfig").Text("StatusCode"), listener.Text("Protocol")));
                await CallAsync("DescribeListenerAttributes", new { ListenerArn = listener.Need("ListenerArn").Value });
            }

            listener ??= Assert.Single((await CallAsync("CreateListener", new
            {
                DefaultActions = new[]
                {
                    new { FixedResponseConfig = new { ContentType = "text/plain", StatusCode = "404" }, Type = "fixed-response" },
                },
                LoadBalancerArn = balancer,
                Port = $"{port}",
                Protocol = "HTTP",
                Tags = TagsOf(ingress, $"{port}"),
            })).Items("Listeners"));
            arns.Add(listener.Need("ListenerArn").Value);
        }

        return arns;
    }

    private async Task EnsureTargetsAsync(string group, IReadOnlyList<string> addresses)
    {
        var health = (await CallAsync("DescribeTargetHealth", new { TargetGroupArn = group })).Items("TargetHealthDescriptions");
        var registered = health.Where(target => target.Need("TargetHealth").Text("State") != "draining")
            .Select(target => target.Need("Target", "Id").Value).ToList();
        if (registered.Except(addresses).Select(address => new { Id = address, Port = "8080" }).ToArray() is { Length: > 0 } gone)
        {
            await CallAsync("DeregisterTargets", new { TargetGroupArn = group, Targets = gone });
        }

        if (addresses.Except(registered).Select(address => new { Id = address, Port = "8080" }).ToArray() is { Length: > 0 } added)
        {
            await CallAsync("RegisterTargets", new { TargetGroupArn = group, Targets = added });
        }
    }

    private async Task EnsureTagsAsync(string arn, IReadOnlyList<KeyValuePair<string, string>> wanted)
    {
        var there = (await TagsByArnAsync([arn]))[arn];
        if (wanted.Where(tag => there.GetValueOrDefault(tag.Key) != tag.Value).ToList() is { Count: > 0 } added)
        {
            await CallAsync("AddTags", new { ResourceArns = new[] { arn }, Tags = added });
        }

        if (there.Keys.Except(wanted.Select(tag => tag.Key)).ToList() is { Count: > 0 } removed)
        {
            await CallAsync("RemoveTags", new { ResourceArns = new[] { arn }, TagKeys = removed });
        }
    }

    /// <summary>What the Ingress has, by the tag that says what for.</summary>
    private async Task<IReadOnlyDictionary<string, XElement>> FindAsync(string action, string list, string arn, KubernetesIngress ingress)
    {
        var all = (await CallAsync(action, new { })).Items(list).ToDictionary(one => one.Need(arn).Value);
        var tags = await TagsByArnAsync([.. all.Keys]);
        return all.Where(one => tags[one.Key].GetValueOrDefault(Stack) == ingress.Name)
            .ToDictionary(one => tags[one.Key][Resource], one => one.Value);
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> TagsByArnAsync(IReadOnlyList<string> arns)
    {
        var tags = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var some in arns.Chunk(TagsAtOnce))
        {
            foreach (var described in (await CallAsync("DescribeTags", new { ResourceArns = some })).Items("TagDescriptions"))
            {
                tags[described.Need("ResourceArn").Value] = Pairs(described.Items("Tags"));
            }
        }

        return tags;
    }

    private static Dictionary<string, string> Pairs(IEnumerable<XElement> items) =>
        items.ToDictionary(item => item.Need("Key").Value, item => item.Need("Value").Value);

    private static IReadOnlyList<KeyValuePair<string, string>> TagsOf(KubernetesIngress ingress, string resource) =>
    [
        new(Cluster, "test"), new(Resource, resource), new(Stack, ingress.Name), .. ingress.Tags,
    ];

    private static int PortOf(XElement listener) => int.Parse(listener.Need("Port").Value, CultureInfo.InvariantCulture);

    private async Task<XElement> CallAsync(string action, object parameters) =>
        (await sdk.CallAsync($"elbv2:{action}", parameters, cancellationToken)).Need($"{action}Result");
}
