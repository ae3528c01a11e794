using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>
/// The calls that the AWS Load Balancer Controller makes for a Service: target groups with the nodes' ports, a network load balancer, its
/// listeners with their certificates, the nodes.
/// </summary>
internal sealed class NetworkController(GoSdk sdk, CancellationToken cancellationToken)
{
    private const string Secure = "443";

    private readonly ControllerResources _resources = new(sdk, "service.k8s.aws", cancellationToken);

    /// <summary>Returns the DNS name that the Service shows.</summary>
    public async Task<string> EnsureAsync(NetworkService service)
    {
        var before = await _resources.FindAsync("DescribeTargetGroups", "TargetGroups", "TargetGroupArn", service.Name);
        var groups = new Dictionary<string, string>();
        foreach (var (port, nodePort) in service.Ports)
        {
            groups[port] = await EnsureGroupAsync(service, port, nodePort, before.GetValueOrDefault(port));
        }

        var balancer = await EnsureLoadBalancerAsync(service);
        await EnsureListenersAsync(service, balancer.Need("LoadBalancerArn").Value, groups);
        foreach (var (port, nodePort) in service.Ports)
        {
            await _resources.EnsureTargetsAsync(groups[port], service.Nodes, nodePort);
        }

        foreach (var (_, group) in before.Where(group => !groups.ContainsKey(group.Key)))
        {
            await _resources.DeleteGroupAsync(group);
        }

        return balancer.Need("DNSName").Value;
    }

    public Task DeleteAsync(NetworkService service) => _resources.DeleteAsync(service.Name);

    private async Task<string> EnsureGroupAsync(NetworkService service, string port, string nodePort, XElement? found)
    {
        var (protocol, matcher) = service.HealthPath is null ? ("TCP", null) : ("HTTP", new { HttpCode = "200-399" });
        found ??= Assert.Single((await CallAsync("CreateTargetGroup", new
        {
            HealthCheckEnabled = "true", HealthCheckIntervalSeconds = "10", HealthCheckPath = service.HealthPath,
            HealthCheckPort = "traffic-port", HealthCheckProtocol = protocol, HealthCheckTimeoutSeconds = "10", HealthyThresholdCount = "3",
            IpAddressType = "ipv4", Matcher = matcher, Name = $"k8s-{service.Name}-{port}", Port = nodePort, Protocol = "TCP",
            Tags = TagsOf(service, port), TargetType = "instance", UnhealthyThresholdCount = "3", VpcId = "vpc-1",
        })).Items("TargetGroups"));
        var arn = found.Need("TargetGroupArn").Value;
        Assert.Equal(
            ("TCP", nodePort, "instance", "10", "10", "3", "3", "traffic-port", "ipv4"),
            (found.Text("Protocol"), found.Text("Port"), found.Text("TargetType"), found.Text("HealthCheckIntervalSeconds"),
                found.Text("HealthCheckTimeoutSeconds"), found.Text("HealthyThresholdCount"), found.Text("UnhealthyThresholdCount"),
                found.Text("HealthCheckPort"), found.Text("IpAddressType")));
        var shown = (found.Text("HealthCheckProtocol"), found.Text("HealthCheckPath"), found.Find("Matcher")?.Text("HttpCode"));
        if (shown != (protocol, service.HealthPath, matcher?.HttpCode))
        {
            await CallAsync("ModifyTargetGroup", new
            {
                HealthCheckPath = service.HealthPath, HealthCheckProtocol = protocol, Matcher = matcher, TargetGroupArn = arn,
            });
        }

        await _resources.EnsureAttributesAsync("TargetGroup", arn, service.GroupAttributes);
        return arn;
    }

    private async Task<XElement> EnsureLoadBalancerAsync(NetworkService service)
    {
        var all = await _resources.FindAsync("DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn", service.Name);
        var balancer = all.GetValueOrDefault("LoadBalancer") ?? Assert.Single((await CallAsync("CreateLoadBalancer", new
        {
            IpAddressType = "ipv4", Name = $"k8s-{service.Name}", Scheme = "internet-facing", service.SecurityGroups,
            SubnetMappings = ControllerResources.Mappings(service.Subnets), Tags = TagsOf(service, "LoadBalancer"), Type = "network",
        })).Items("LoadBalancers"));
        var arn = balancer.Need("LoadBalancerArn").Value;
        if (all.Count > 0)
        {
            Assert.Equal(
                ("active", "internet-facing", "ipv4", "network", null, "off"),
                (balancer.Need("State", "Code").Value, balancer.Text("Scheme"), balancer.Text("IpAddressType"), balancer.Text("Type"),
                    balancer.Text("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"), balancer.Text("EnablePrefixForIpv6SourceNat")));
            await _resources.EnsureTagsAsync(arn, TagsOf(service, "LoadBalancer"));
            Assert.All(balancer.Items("AvailabilityZones"), zone => Assert.Empty(zone.Need("LoadBalancerAddresses").Elements()));
            await _resources.EnsureNetworkAsync(balancer, service.SecurityGroups, service.Subnets);
        }

        await _resources.EnsureAttributesAsync("LoadBalancer", arn, service.Attributes);
        return balancer;
    }

    private async Task EnsureListenersAsync(NetworkService service, string balancer, Dictionary<string, string> groups)
    {
        var found = (await CallAsync("DescribeListeners", new { LoadBalancerArn = balancer })).Items("Listeners");
        await _resources.TagsByArnAsync([.. found.Select(listener => listener.Need("ListenerArn").Value)]);
        foreach (var gone in found.Where(listener => !groups.ContainsKey(listener.Need("Port").Value)))
        {
            await CallAsync("DeleteListener", new { ListenerArn = gone.Need("ListenerArn").Value });
        }

        foreach (var (port, group) in groups)
        {
            await EnsureListenerAsync(service, balancer, port, group, found.SingleOrDefault(listener => listener.Text("Port") == port));
        }
    }

    private async Task EnsureListenerAsync(NetworkService service, string balancer, string port, string group, XElement? found)
    {
        var isSecure = port == Secure;
        var protocol = isSecure ? "TLS" : "TCP";
        string[]? alpn = isSecure ? [service.AlpnPolicy] : null;
        var certificates = isSecure ? new[] { new { CertificateArn = service.Certificates[0] } } : null;
        var policy = isSecure ? service.SslPolicy : null;
        var actions = new[] { new { ForwardConfig = new { TargetGroups = new[] { new { TargetGroupArn = group } } }, Type = "forward" } };
        var listener = found ?? Assert.Single((await CallAsync("CreateListener", new
        {
            AlpnPolicy = alpn, Certificates = certificates, DefaultActions = actions, LoadBalancerArn = balancer, Port = port,
            Protocol = protocol, SslPolicy = policy, Tags = TagsOf(service, port),
        })).Items("Listeners"));
        var arn = listener.Need("ListenerArn").Value;
        var action = Assert.Single(listener.Items("DefaultActions"));
        var target = Assert.Single(action.Need("ForwardConfig").Items("TargetGroups"));
        Assert.Equal(
            (protocol, "forward", group, null),
            (listener.Text("Protocol"), action.Text("Type"), target.Text("TargetGroupArn"), target.Text("Weight")));
        var shown = (listener.Text("SslPolicy"), listener.Items("Certificates").SingleOrDefault()?.Need("CertificateArn").Value,
            listener.Items("AlpnPolicy").SingleOrDefault()?.Value ?? "None");
        if (shown != (policy, certificates?[0].CertificateArn, alpn?[0] ?? "None"))
        {
            await CallAsync("ModifyListener", new
            {
                AlpnPolicy = alpn, Certificates = certificates, DefaultActions = actions, ListenerArn = arn, Port = port,
                Protocol = protocol, SslPolicy = policy,
            });
        }

        if (isSecure)
        {
            await EnsureCertificatesAsync(arn, service.Certificates.Skip(1));
        }
        else
        {
            await _resources.EnsureAttributesAsync(
                "Listener", arn, new Dictionary<string, string> { ["tcp.idle_timeout.seconds"] = "400" });
        }
    }

    /// <summary>Those beside the default one.</summary>
    private async Task EnsureCertificatesAsync(string listener, IEnumerable<string> wanted)
    {
        var there = (await CallAsync("DescribeListenerCertificates", new { ListenerArn = listener })).Items("Certificates")
            .Where(certificate => certificate.Text("IsDefault") == "false")
            .Select(certificate => certificate.Need("CertificateArn").Value).ToList();
        foreach (var gone in there.Except(wanted))
        {
            await CallAsync(
                "RemoveListenerCertificates", new { Certificates = new[] { new { CertificateArn = gone } }, ListenerArn = listener });
        }

        foreach (var added in wanted.Except(there))
        {
            await CallAsync(
                "AddListenerCertificates", new { Certificates = new[] { new { CertificateArn = added } }, ListenerArn = listener });
        }
    }

    private IReadOnlyList<KeyValuePair<string, string>> TagsOf(NetworkService service, string resource) =>
        [.. _resources.TagsOf(service.Name, resource), .. service.Tags];

    private Task<XElement> CallAsync(string action, object parameters) => _resources.CallAsync(action, parameters);
}
