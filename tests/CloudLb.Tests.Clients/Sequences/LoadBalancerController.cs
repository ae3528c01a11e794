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

    private readonly ControllerResources _resources = new(sdk, "ingress.k8s.aws", cancellationToken);

    /// <summary>Returns the DNS name that the Ingress shows.</summary>
    public async Task<string> EnsureAsync(KubernetesIngress ingress)
    {
        var before = await _resources.FindAsync("DescribeTargetGroups", "TargetGroups", "TargetGroupArn", ingress.Name);
        var groups = new Dictionary<string, string>();
        foreach (var service in ingress.Services.Keys)
        {
            groups[service] = await EnsureGroupAsync(ingress, service, before.GetValueOrDefault(service));
        }

        var balancer = await EnsureLoadBalancerAsync(ingress);
        var arn = balancer.Need("LoadBalancerArn").Value;
        foreach (var listener in await EnsureListenersAsync(ingress, arn))
        {
            await new ListenerRules(_resources, listener).EnsureAsync(ingress, groups, TagsOf(ingress, "rule"));
        }

        foreach (var (service, addresses) in ingress.Services)
        {
            await _resources.EnsureTargetsAsync(groups[service], addresses, "8080");
        }

        foreach (var (_, group) in before.Where(group => !ingress.Services.ContainsKey(group.Key)))
        {
            await _resources.DeleteGroupAsync(group);
        }

        return balancer.Need("DNSName").Value;
    }

    public Task DeleteAsync(KubernetesIngress ingress) => _resources.DeleteAsync(ingress.Name);

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
        var all = await _resources.FindAsync("DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn", ingress.Name);
        var balancer = all.GetValueOrDefault("LoadBalancer") ?? Assert.Single((await CallAsync("CreateLoadBalancer", new
        {
            IpAddressType = "ipv4",
            Name = $"k8s-{ingress.Name}",
            Scheme = "internet-facing",
            ingress.SecurityGroups,
            SubnetMappings = ControllerResources.Mappings(ingress.Subnets),
            Tags = TagsOf(ingress, "LoadBalancer"),
            Type = "application",
        })).Items("LoadBalancers"));
        var arn = balancer.Need("LoadBalancerArn").Value;
        if (all.Count > 0)
        {
            Assert.Equal(("active", "internet-facing", "ipv4"),
                (balancer.Need("State", "Code").Value, balancer.Text("Scheme"), balancer.Text("IpAddressType")));
            await _resources.EnsureTagsAsync(arn, TagsOf(ingress, "LoadBalancer"));
            await _resources.EnsureNetworkAsync(balancer, ingress.SecurityGroups, ingress.Subnets);
        }

        await _resources.EnsureAttributesAsync("LoadBalancer", arn, ingress.Attributes);
        return balancer;
    }

    private async Task<IReadOnlyList<string>> EnsureListenersAsync(KubernetesIngress ingress, string balancer)
    {
        var found = (await CallAsync("DescribeListeners", new { LoadBalancerArn = balancer })).Items("Listeners");
        await _resources.TagsByArnAsync([.. found.Select(listener => listener.Need("ListenerArn").Value)]);
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

    private IReadOnlyList<KeyValuePair<string, string>> TagsOf(KubernetesIngress ingress, string resource) =>
        [.. _resources.TagsOf(ingress.Name, resource), .. ingress.Tags];

    private static int PortOf(XElement listener) => int.Parse(listener.Need("Port").Value, CultureInfo.InvariantCulture);

    private Task<XElement> CallAsync(string action, object parameters) => _resources.CallAsync(action, parameters);
}
