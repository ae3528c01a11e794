using System.Globalization;
using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>
/// The calls that Terraform's AWS provider makes for the resources around an <c>aws_elb</c>: its policies, where they are set, and its
/// attachments. What is read is given back as a text that must equal what the configuration says; null means that the resource is gone.
/// </summary>
internal sealed class TerraformPolicyResources(GoSdk sdk, string balancer, CancellationToken cancellationToken)
{
    private const string ProxyPolicy = "TFEnableProxyProtocol";

    /// <summary><c>aws_elb_attachment</c>: not read after it was made.</summary>
    public Task AttachAsync(string instance) => CallAsync("RegisterInstancesWithLoadBalancer", Instance(instance));

    public async Task<string?> ReadAttachmentAsync(string instance) => await DescribeAsync() is { } description
        ? description.Items("Instances").Select(item => item.Need("InstanceId").Value).SingleOrDefault(id => id == instance)
        : null;

    public Task DetachAsync(string instance) => CallAsync("DeregisterInstancesFromLoadBalancer", Instance(instance));

    /// <summary><c>aws_app_cookie_stickiness_policy</c>.</summary>
    public async Task<string?> CreateAppCookieAsync(string policy, int port, string cookie)
    {
        await CallAsync("CreateAppCookieStickinessPolicy", new { CookieName = cookie, LoadBalancerName = balancer, PolicyName = policy });
        await SetListenerAsync(port, policy);
        return await ReadStickinessAsync(policy, port, "CookieName");
    }

    /// <summary><c>aws_lb_cookie_stickiness_policy</c>; a period of 0 is left out.</summary>
    public async Task<string?> CreateLbCookieAsync(string policy, int port, int period)
    {
        await CallAsync(
            "CreateLBCookieStickinessPolicy",
            new { CookieExpirationPeriod = period == 0 ? (int?)null : period, LoadBalancerName = balancer, PolicyName = policy });
        await SetListenerAsync(port, policy);
        return await ReadStickinessAsync(policy, port, "CookieExpirationPeriod");
    }

    /// <summary>Of either cookie policy: exactly one attribute, and assigned to the listener of the port.</summary>
    public async Task<string?> ReadStickinessAsync(string policy, int port, string attribute)
    {
        if (await PolicyAsync(policy) is not { } description || !(await ListenerPoliciesAsync(port)).Contains(policy))
        {
            return null;
        }

        var only = Assert.Single(description.Items("PolicyAttributeDescriptions"));
        Assert.Equal(attribute, only.Need("AttributeName").Value);
        var value = only.Need("AttributeValue").Value;
        return attribute == "CookieExpirationPeriod"
            ? long.Parse(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : value;
    }

    /// <summary><c>aws_lb_ssl_negotiation_policy</c>: its attributes are not read back.</summary>
    public async Task<string?> CreateSslNegotiationAsync(string policy, int port, params (string Name, string Value)[] attributes)
    {
        await CreateAsync(policy, "SSLNegotiationPolicyType", attributes);
        await SetListenerAsync(port, policy);
        return await ReadSslNegotiationAsync(policy, port);
    }

    public async Task<string?> ReadSslNegotiationAsync(string policy, int port) =>
        await PolicyAsync(policy) is not null && (await ListenerPoliciesAsync(port)).Contains(policy) ? policy : null;

    /// <summary>A stickiness or SSL negotiation policy goes in two steps.</summary>
    public async Task DeleteListenerPolicyAsync(string policy, int port)
    {
        await SetListenerAsync(port);
        await CallAsync("DeleteLoadBalancerPolicy", new { LoadBalancerName = balancer, PolicyName = policy });
    }

    /// <summary><c>aws_load_balancer_policy</c>: of what is read, the attributes that are configured count, or all when none is.</summary>
    public async Task<string?> CreatePolicyAsync(string policy, string type, params (string Name, string Value)[] attributes)
    {
        await CreateAsync(policy, type, attributes);
        return await ReadPolicyAsync(policy, [.. attributes.Select(attribute => attribute.Name)]);
    }

    public async Task<string?> ReadPolicyAsync(string policy, params string[] configured) => await PolicyAsync(policy) is { } description
        ? $"{description.Need("PolicyTypeName").Value} " + Answers.Set(
            description.Items("PolicyAttributeDescriptions")
                .Select(attribute => (Name: attribute.Need("AttributeName").Value, attribute.Need("AttributeValue").Value))
                .Where(attribute => configured.Length == 0 || configured.Contains(attribute.Name))
                .Select(attribute => $"{attribute.Name}={attribute.Value}"))
        : null;

    /// <summary>A change of attributes: taken from where it is set, deleted, made again, set again.</summary>
    public async Task<string?> UpdatePolicyAsync(string policy, string type, params (string Name, string Value)[] attributes)
    {
        var (listeners, backends) = await UnassignAsync(policy);
        await CallAsync("DeleteLoadBalancerPolicy", new { LoadBalancerName = balancer, PolicyName = policy });
        await CreateAsync(policy, type, attributes);
        Assert.NotNull(await PolicyAsync(policy));
        foreach (var (port, policies) in listeners)
        {
            await SetListenerAsync(port, policies);
        }

        foreach (var (port, policies) in backends)
        {
            await SetBackendAsync(port, policies);
        }

        return await ReadPolicyAsync(policy, [.. attributes.Select(attribute => attribute.Name)]);
    }

    public async Task DeletePolicyAsync(string policy)
    {
        await UnassignAsync(policy);
        await CallAsync("DeleteLoadBalancerPolicy", new { LoadBalancerName = balancer, PolicyName = policy });
    }

    /// <summary><c>aws_load_balancer_listener_policy</c>; no names delete it.</summary>
    public async Task<string?> SetListenerPolicyAsync(int port, params string[] policies)
    {
        await SetListenerAsync(port, policies);
        return policies.Length == 0 ? null : await ReadListenerPolicyAsync(port);
    }

    public async Task<string?> ReadListenerPolicyAsync(int port) =>
        await DescribeAsync() is null ? null : Answers.Set(await ListenerPoliciesAsync(port));

    /// <summary><c>aws_load_balancer_backend_server_policy</c>; no names delete it.</summary>
    public async Task<string?> SetBackendServerPolicyAsync(int instancePort, params string[] policies)
    {
        await SetBackendAsync(instancePort, policies);
        return policies.Length == 0 ? null : await ReadBackendServerPolicyAsync(instancePort);
    }

    public async Task<string?> ReadBackendServerPolicyAsync(int instancePort) => await DescribeAsync() is { } description
        ? Answers.Set(Backends(description).Where(backend => backend.Port == instancePort).SelectMany(backend => backend.Policies))
        : null;

    /// <summary><c>aws_proxy_protocol_policy</c>: reads every instance port that has any policy.</summary>
    public async Task<string?> CreateProxyProtocolAsync(params int[] instancePorts)
    {
        await CreateAsync(ProxyPolicy, "ProxyProtocolPolicyType", ("ProxyProtocol", "True"));
        await UpdateProxyProtocolAsync([], instancePorts);
        return await ReadProxyProtocolAsync();
    }

    public async Task<string?> UpdateProxyProtocolAsync(int[] removed, int[] added)
    {
        var backends = Backends((await DescribeAsync())!).ToDictionary(backend => backend.Port, backend => backend.Policies);
        foreach (var port in removed)
        {
            await SetBackendAsync(port, [.. backends[port].Where(policy => policy != ProxyPolicy)]);
        }

        foreach (var port in added)
        {
            await SetBackendAsync(port, [.. backends.GetValueOrDefault(port) ?? [], ProxyPolicy]);
        }

        return await ReadProxyProtocolAsync();
    }

    public async Task<string?> ReadProxyProtocolAsync() => await DescribeAsync() is { } description
        ? Answers.Set(Backends(description).Where(backend => backend.Policies.Count > 0).Select(backend => $"{backend.Port}"))
        : null;

    public async Task DeleteProxyProtocolAsync()
    {
        if (await DescribeAsync() is not { } description)
        {
            return;
        }

        await UpdateProxyProtocolAsync([.. Backends(description).Select(backend => backend.Port)], []);
        await CallAsync("DeleteLoadBalancerPolicy", new { LoadBalancerName = balancer, PolicyName = ProxyPolicy });
    }

    private async Task<((int Port, string[] Policies)[] Listeners, (int Port, string[] Policies)[] Backends)> UnassignAsync(string policy)
    {
        var description = (await DescribeAsync())!;
        var listeners = Listeners(description)
            .Where(listener => listener.Policies.Contains(policy))
            .Select(listener => (listener.Port, listener.Policies.ToArray()))
            .ToArray();
        var backends = Backends(description)
            .Where(backend => backend.Policies.Contains(policy))
            .Select(backend => (backend.Port, backend.Policies.ToArray()))
            .ToArray();
        foreach (var (port, policies) in backends)
        {
            await SetBackendAsync(port, [.. policies.Where(name => name != policy)]);
        }

        foreach (var (port, policies) in listeners)
        {
            await SetListenerAsync(port, [.. policies.Where(name => name != policy)]);
        }

        return (listeners, backends);
    }

    private Task CreateAsync(string policy, string type, params (string Name, string Value)[] attributes) =>
        CallAsync("CreateLoadBalancerPolicy", new
    {
        LoadBalancerName = balancer,
        PolicyAttributes = attributes.Length == 0
            ? null
            : attributes.Select(attribute => new { AttributeName = attribute.Name, AttributeValue = attribute.Value }),
        PolicyName = policy,
        PolicyTypeName = type,
    });

    private Task SetListenerAsync(int port, params string[] policies) =>
        CallAsync(
            "SetLoadBalancerPoliciesOfListener", new { LoadBalancerName = balancer, LoadBalancerPort = port, PolicyNames = policies });

    private Task SetBackendAsync(int port, params string[] policies) =>
        CallAsync(
            "SetLoadBalancerPoliciesForBackendServer", new { InstancePort = port, LoadBalancerName = balancer, PolicyNames = policies });

    private object Instance(string id) => new { Instances = new[] { new { InstanceId = id } }, LoadBalancerName = balancer };

    /// <summary>Null when the policy or the load balancer is gone.</summary>
    private async Task<XElement?> PolicyAsync(string policy)
    {
        try
        {
            var answer = await CallAsync(
                "DescribeLoadBalancerPolicies", new { LoadBalancerName = balancer, PolicyNames = new[] { policy } });
            return Assert.Single(
                answer.Need("DescribeLoadBalancerPoliciesResult").Items("PolicyDescriptions"),
                item => item.Need("PolicyName").Value == policy);
        }
        catch (AwsError error) when (error.Code is "PolicyNotFound" or "LoadBalancerNotFound")
        {
            return null;
        }
    }

    private async Task<XElement?> DescribeAsync()
    {
        try
        {
            var answer = await CallAsync("DescribeLoadBalancers", new { LoadBalancerNames = new[] { balancer } });
            return Assert.Single(answer.Need("DescribeLoadBalancersResult").Items("LoadBalancerDescriptions"));
        }
        catch (AwsError error) when (error.Code == "LoadBalancerNotFound")
        {
            return null;
        }
    }

    /// <summary>None for a port without a listener, which is no error.</summary>
    private async Task<IReadOnlyList<string>> ListenerPoliciesAsync(int port) =>
        [.. Listeners((await DescribeAsync())!).Where(listener => listener.Port == port).SelectMany(listener => listener.Policies)];

    private static IEnumerable<(int Port, IReadOnlyList<string> Policies)> Listeners(XElement description) =>
        description.Items("ListenerDescriptions")
        .Select(item => (int.Parse(item.Need("Listener", "LoadBalancerPort").Value, null), Names(item)));

    private static IEnumerable<(int Port, IReadOnlyList<string> Policies)> Backends(XElement description) =>
        description.Items("BackendServerDescriptions")
        .Select(item => (int.Parse(item.Need("InstancePort").Value, null), Names(item)));

    private static IReadOnlyList<string> Names(XElement element) => [.. element.Items("PolicyNames").Select(item => item.Value)];

    private Task<XElement> CallAsync(string action, object parameters) => sdk.CallAsync($"elb:{action}", parameters, cancellationToken);
}
