using System.Globalization;
using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>
/// The calls that Kubernetes' AWS cloud controller makes for a Service with a Classic load balancer, in its order, and what it reads of the
/// answers.
/// </summary>
internal sealed class KubernetesController(GoSdk sdk, CancellationToken cancellationToken)
{
    private const string ProxyPolicy = "k8s-proxyprotocol-enabled";

    /// <summary>The Service was made or changed; also called again and again for one that has not. Returns the ingress host.</summary>
    public async Task<string> EnsureAsync(KubernetesService service)
    {
        var name = service.LoadBalancerName;
        var nodes = await sdk.CallAsync("ec2:DescribeInstances", new { InstanceId = service.Nodes }, cancellationToken);
        Assert.Equal(service.Nodes.Count, nodes.Items("reservationSet").Sum(reservation => reservation.Items("instancesSet").Count));
        if (await DescribeAsync(name) is { } found)
        {
            await SyncAsync(service, found);
        }
        else
        {
            await CreateAsync(service);
        }

        await SyncAttributesAsync(service);
        var balancer = (await DescribeAsync(name))!;
        await EnsureSslPolicyAsync(service, balancer);
        await EnsureHealthCheckAsync(service, balancer);
        await EnsureInstancesAsync(service, balancer);
        return balancer.Need("DNSName").Value;
    }

    /// <summary>Nodes have come or gone.</summary>
    public async Task UpdateAsync(KubernetesService service)
    {
        var balancer = (await DescribeAsync(service.LoadBalancerName))!;
        await EnsureSslPolicyAsync(service, balancer);
        await EnsureInstancesAsync(service, balancer);
    }

    /// <summary>The status that is shown; null when there is none.</summary>
    public async Task<string?> HostAsync(string name) => (await DescribeAsync(name))?.Need("DNSName").Value;

    public async Task DeleteAsync(string name)
    {
        if (await DescribeAsync(name) is { } balancer)
        {
            // Without security groups the controller gives up, here and above.
            Assert.NotEmpty(balancer.Items("SecurityGroups"));
            await CallAsync("DeleteLoadBalancer", new { LoadBalancerName = name });
        }
    }

    private async Task CreateAsync(KubernetesService service)
    {
        var name = service.LoadBalancerName;
        await CallAsync("CreateLoadBalancer", new
        {
            Listeners = service.Ports.Select(port => port.ToListener()),
            LoadBalancerName = name,
            Scheme = service.Internal ? "internal" : null,
            service.SecurityGroups,
            service.Subnets,
            Tags = new[]
            {
                new { Key = "kubernetes.io/cluster/test", Value = "owned" },
                new { Key = "kubernetes.io/service-name", Value = "default/web" },
            },
        });
        if (service.ProxyProtocol)
        {
            await CreateProxyPolicyAsync(name);
            foreach (var port in service.Ports)
            {
                await SetBackendAsync(name, port.NodePort, ProxyPolicy);
            }
        }
    }

    private async Task SyncAsync(KubernetesService service, XElement found)
    {
        var name = service.LoadBalancerName;
        await ChangeAsync(
            Texts(found, "Subnets"), service.Subnets, "DetachLoadBalancerFromSubnets", "AttachLoadBalancerToSubnets",
            subnets => new { LoadBalancerName = name, Subnets = subnets });
        if (!service.SecurityGroups.ToHashSet().SetEquals(Texts(found, "SecurityGroups")))
        {
            await CallAsync("ApplySecurityGroupsToLoadBalancer", new { LoadBalancerName = name, service.SecurityGroups });
        }

        var there = found.Items("ListenerDescriptions").Select(item => KubernetesPort.Of(item.Need("Listener"))).ToList();
        if (there.Except(service.Ports).ToList() is { Count: > 0 } removed)
        {
            await CallAsync(
                "DeleteLoadBalancerListeners",
                new { LoadBalancerName = name, LoadBalancerPorts = removed.Select(port => port.Port) });
        }

        if (service.Ports.Except(there).ToList() is { Count: > 0 } added)
        {
            await CallAsync(
                "CreateLoadBalancerListeners", new { Listeners = added.Select(port => port.ToListener()), LoadBalancerName = name });
        }

        await SyncProxyProtocolAsync(service, found);
    }

    private async Task SyncProxyProtocolAsync(KubernetesService service, XElement found)
    {
        var name = service.LoadBalancerName;
        if (service.ProxyProtocol)
        {
            // Every time: an identical policy must be no error.
            await CreateProxyPolicyAsync(name);
        }

        var backends = found.Items("BackendServerDescriptions").ToDictionary(
            item => Number(item, "InstancePort"), item => item.Items("PolicyNames").Any(policy => policy.Value == ProxyPolicy));
        foreach (var port in service.Ports
            .Select(port => port.NodePort)
            .Where(port => backends.GetValueOrDefault(port) != service.ProxyProtocol))
        {
            await SetBackendAsync(name, port, service.ProxyProtocol ? [ProxyPolicy] : []);
        }

        foreach (var port in backends.Keys.Except(service.Ports.Select(port => port.NodePort)))
        {
            await SetBackendAsync(name, port);
        }
    }

    /// <summary>
    /// The controller never finds its own attributes and those that were answered equal, so that it sends them every time.
    /// </summary>
    private async Task SyncAttributesAsync(KubernetesService service)
    {
        var name = service.LoadBalancerName;
        var log = service.AccessLog ?? (false, null, null, null);
        var attributes = (
            await CallAsync("DescribeLoadBalancerAttributes", new { LoadBalancerName = name })).Need(
                "DescribeLoadBalancerAttributesResult", "LoadBalancerAttributes");
        Assert.All(
            new[]
            {
                ("AccessLog", "Enabled"),
                ("ConnectionDraining", "Enabled"),
                ("ConnectionSettings", "IdleTimeout"),
                ("CrossZoneLoadBalancing", "Enabled"),
            },
            member => attributes.Need(member.Item1, member.Item2));
        await CallAsync("ModifyLoadBalancerAttributes", new
        {
            LoadBalancerAttributes = new
            {
                AccessLog = new { log.Enabled, log.EmitInterval, S3BucketName = log.Bucket, S3BucketPrefix = log.Prefix },
                ConnectionDraining = new { Enabled = false },
                ConnectionSettings = new { IdleTimeout = 60 },
                CrossZoneLoadBalancing = new { Enabled = false },
            },
            LoadBalancerName = name,
        });
    }

    private async Task EnsureSslPolicyAsync(KubernetesService service, XElement balancer)
    {
        if (service.SslPolicy is null)
        {
            return;
        }

        var (name, policy) = (service.LoadBalancerName, $"k8s-SSLNegotiationPolicy-{service.SslPolicy}");
        try
        {
            var answer = await CallAsync("DescribeLoadBalancerPolicies", new { LoadBalancerName = name, PolicyNames = new[] { policy } });
            Assert.Single(answer.Need("DescribeLoadBalancerPoliciesResult").Items("PolicyDescriptions"));
        }
        catch (AwsError error) when (error.Code == "PolicyNotFound")
        {
            await CallAsync("CreateLoadBalancerPolicy", new
            {
                LoadBalancerName = name,
                PolicyAttributes = new[] { new { AttributeName = "Reference-Security-Policy", AttributeValue = service.SslPolicy } },
                PolicyName = policy,
                PolicyTypeName = "SSLNegotiationPolicyType",
            });
        }

        foreach (var listener in balancer
            .Items("ListenerDescriptions")
            .Select(item => item.Need("Listener"))
            .Where(listener => listener.Need("Protocol").Value is "SSL" or "HTTPS"))
        {
            await CallAsync("SetLoadBalancerPoliciesOfListener", new
            {
                LoadBalancerName = name, LoadBalancerPort = int.Parse(listener.Need("LoadBalancerPort").Value, null),
                PolicyNames = new[] { policy },
            });
        }
    }

    private async Task EnsureHealthCheckAsync(KubernetesService service, XElement balancer)
    {
        var port = service.Ports[0].NodePort;
        var wanted = (
            Target: service.HealthPath is null ? $"TCP:{port}" : $"HTTP:{port}{service.HealthPath}", Healthy: 2, Unhealthy: 6, Timeout: 5,
            Interval: 10);
        var check = balancer.Need("HealthCheck");
        if (wanted != (
            check.Need("Target").Value, Number(check, "HealthyThreshold"), Number(check, "UnhealthyThreshold"), Number(check, "Timeout"),
            Number(check, "Interval")))
        {
            await CallAsync("ConfigureHealthCheck", new
            {
                HealthCheck = new
                {
                    HealthyThreshold = wanted.Healthy,
                    wanted.Interval,
                    wanted.Target,
                    wanted.Timeout,
                    UnhealthyThreshold = wanted.Unhealthy,
                },
                LoadBalancerName = service.LoadBalancerName,
            });
        }
    }

    private async Task EnsureInstancesAsync(KubernetesService service, XElement balancer)
    {
        var there = balancer.Items("Instances").Select(item => item.Need("InstanceId").Value).ToList();
        var name = service.LoadBalancerName;
        object Instances(IEnumerable<string> ids) => new { Instances = ids.Select(id => new { InstanceId = id }), LoadBalancerName = name };
        if (service.Nodes.Except(there).ToList() is { Count: > 0 } added)
        {
            await CallAsync("RegisterInstancesWithLoadBalancer", Instances(added));
        }

        if (there.Except(service.Nodes).ToList() is { Count: > 0 } removed)
        {
            await CallAsync("DeregisterInstancesFromLoadBalancer", Instances(removed));
        }
    }

    private async Task ChangeAsync(
        IReadOnlyList<string> there, IReadOnlyList<string> wanted, string removal, string addition,
        Func<IReadOnlyList<string>, object> parameters)
    {
        if (there.Except(wanted).ToList() is { Count: > 0 } removed)
        {
            await CallAsync(removal, parameters(removed));
        }

        if (wanted.Except(there).ToList() is { Count: > 0 } added)
        {
            await CallAsync(addition, parameters(added));
        }
    }

    /// <summary>Null when it is absent, which an empty list is, too.</summary>
    private async Task<XElement?> DescribeAsync(string name)
    {
        try
        {
            return (await CallAsync("DescribeLoadBalancers", new { LoadBalancerNames = new[] { name } }))
                .Need("DescribeLoadBalancersResult").Items("LoadBalancerDescriptions").LastOrDefault();
        }
        catch (AwsError error) when (error.Code == "LoadBalancerNotFound")
        {
            return null;
        }
    }

    private Task CreateProxyPolicyAsync(string name) => CallAsync("CreateLoadBalancerPolicy", new
    {
        LoadBalancerName = name,
        PolicyAttributes = new[] { new { AttributeName = "ProxyProtocol", AttributeValue = "true" } },
        PolicyName = ProxyPolicy,
        PolicyTypeName = "ProxyProtocolPolicyType",
    });

    private Task SetBackendAsync(string name, int port, params string[] policies) =>
        CallAsync("SetLoadBalancerPoliciesForBackendServer", new { InstancePort = port, LoadBalancerName = name, PolicyNames = policies });

    private static IReadOnlyList<string> Texts(XElement element, string list) => [.. element.Items(list).Select(item => item.Value)];

    private static int Number(XElement element, string name) => int.Parse(element.Need(name).Value, CultureInfo.InvariantCulture);

    private Task<XElement> CallAsync(string action, object parameters) => sdk.CallAsync($"elb:{action}", parameters, cancellationToken);
}
