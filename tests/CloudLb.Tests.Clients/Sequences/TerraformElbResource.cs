using System.Globalization;
using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>The calls that Terraform's AWS provider makes for <c>aws_elb</c>, in its order, and what it reads of the answers.</summary>
internal sealed class TerraformElbResource(GoSdk sdk, CancellationToken cancellationToken)
{
    private const string DesyncKey = "elb.http.desyncmitigationmode";

    public async Task<TerraformElb> CreateAsync(TerraformElb wanted)
    {
        sdk.Purpose = "create";
        await sdk.RetryAsync(
            "elb:CreateLoadBalancer",
            new
            {
                Listeners = wanted.Listeners.Select(listener => listener.Sent),
                LoadBalancerName = wanted.Name,
                wanted.AvailabilityZones,
                Scheme = wanted.Internal ? "internal" : null,
                wanted.SecurityGroups,
                wanted.Subnets,
                Tags = wanted.Tags.Count == 0 ? null : wanted.Tags.Select(tag => new { tag.Key, tag.Value }),
            },
            error => error.Code == "CertificateNotFound",
            cancellationToken);

        // Every attribute with a value counts as changed when a load balancer is new; tags alone went with the creation.
        return await ApplyAsync(
            new() { Name = wanted.Name, Listeners = [], DrainingTimeout = 0, IdleTimeout = 0, Tags = wanted.Tags }, wanted);
    }

    public async Task<TerraformElb> UpdateAsync(TerraformElb old, TerraformElb wanted)
    {
        sdk.Purpose = "update";
        if (old.Tags.Keys.Except(wanted.Tags.Keys).ToList() is { Count: > 0 } removed)
        {
            await CallAsync(
                "RemoveTags", new { LoadBalancerNames = new[] { wanted.Name }, Tags = removed.Select(key => new { Key = key }) });
        }

        if (wanted.Tags.Except(old.Tags).ToList() is { Count: > 0 } added)
        {
            await CallAsync(
                "AddTags", new { LoadBalancerNames = new[] { wanted.Name }, Tags = added.Select(tag => new { tag.Key, tag.Value }) });
        }

        return await ApplyAsync(old, wanted);
    }

    public async Task DeleteAsync(string name)
    {
        sdk.Purpose = "delete";
        await CallAsync("DeleteLoadBalancer", new { LoadBalancerName = name });
        var interfaces = await sdk.CallAsync(
            "ec2:DescribeNetworkInterfaces", Filters(("attachment.instance-owner-id", "amazon-elb"), ("description", $"ELB {name}")),
            cancellationToken);
        Assert.Empty(interfaces.Items("networkInterfaceSet"));
    }

    /// <param name="hasAccessLogs">
    /// Whether the configuration that is applied, or the state that is refreshed, has an <c>access_logs</c> block.
    /// </param>
    /// <returns>Null when it is gone.</returns>
    public async Task<TerraformElb?> ReadAsync(string name, bool hasAccessLogs = false)
    {
        XElement described;
        try
        {
            described = await CallAsync("DescribeLoadBalancers", new { LoadBalancerNames = new[] { name } });
        }
        catch (AwsError error) when (error.Code == "LoadBalancerNotFound")
        {
            return null;
        }

        var balancer = Assert.Single(described.Need("DescribeLoadBalancersResult").Items("LoadBalancerDescriptions"));
        var attributes = (
            await CallAsync("DescribeLoadBalancerAttributes", new { LoadBalancerName = name })).Need(
                "DescribeLoadBalancerAttributesResult", "LoadBalancerAttributes");
        var source = await SourceSecurityGroupAsync(balancer);
        var tags = (await CallAsync("DescribeTags", new { LoadBalancerNames = new[] { name } }))
            .Need("DescribeTagsResult")
            .Items("TagDescriptions")[0];
        var check = balancer.Need("HealthCheck");
        return new()
        {
            Name = balancer.Need("LoadBalancerName").Value,
            Listeners = [.. balancer.Items("ListenerDescriptions").Select(listener => TerraformListener.Read(listener.Need("Listener")))],
            AvailabilityZones = Texts(balancer, "AvailabilityZones"),
            Subnets = Texts(balancer, "Subnets"),
            SecurityGroups = Texts(balancer, "SecurityGroups"),
            Instances = [.. balancer.Items("Instances").Select(instance => instance.Need("InstanceId").Value)],
            Internal = balancer.Text("Scheme") == "internal",
            HealthCheck = (
                Number(check, "HealthyThreshold"), Number(check, "Interval"), check.Need("Target").Value, Number(check, "Timeout"),
                Number(check, "UnhealthyThreshold")),
            CrossZone = bool.Parse(attributes.Need("CrossZoneLoadBalancing", "Enabled").Value),
            IdleTimeout = Number(attributes.Need("ConnectionSettings"), "IdleTimeout"),
            Draining = bool.Parse(attributes.Need("ConnectionDraining", "Enabled").Value),
            DrainingTimeout = Number(attributes.Need("ConnectionDraining"), "Timeout"),
            Desync = attributes.Items("AdditionalAttributes").Single(
                attribute => attribute.Need("Key").Value == DesyncKey).Need("Value").Value,
            AccessLogs = TerraformAccessLogs.Read(attributes.Need("AccessLog"), hasAccessLogs),
            Tags = tags.Items("Tags").ToDictionary(tag => tag.Need("Key").Value, tag => tag.Text("Value") ?? ""),
            Computed = $"{balancer.Need("DNSName").Value} {balancer.Need("CanonicalHostedZoneNameID").Value} {source}",
        };
    }

    /// <summary>What was applied is read twice, by the apply itself and by the next plan, and neither may show a difference.</summary>
    public async Task<TerraformElb> AppliedAsync(TerraformElb wanted, TerraformElb read)
    {
        Assert.Empty(wanted.Diff(read));
        var again = (await ReadAsync(wanted.Name, wanted.AccessLogs is not null))!;
        Assert.Empty(wanted.Diff(again));
        Assert.Empty(read.Diff(again));
        return again;
    }

    private async Task<TerraformElb> ApplyAsync(TerraformElb old, TerraformElb wanted)
    {
        var name = wanted.Name;
        await ChangeAsync(old.Listeners, wanted.Listeners, "DeleteLoadBalancerListeners", "CreateLoadBalancerListeners", addFirst: false,
            removed => new { LoadBalancerName = name, LoadBalancerPorts = removed.Select(listener => listener.LbPort) },
            added => new { LoadBalancerName = name, Listeners = added.Select(listener => listener.Sent) });
        await ChangeAsync(
            old.Instances, wanted.Instances, "DeregisterInstancesFromLoadBalancer", "RegisterInstancesWithLoadBalancer", addFirst: true,
            Instances, Instances);
        await ChangeAttributesAsync(old, wanted);
        if (wanted.HealthCheck is { } check && check != old.HealthCheck)
        {
            await CallAsync("ConfigureHealthCheck", new
            {
                LoadBalancerName = name,
                HealthCheck = new
                {
                    HealthyThreshold = check.Healthy,
                    check.Interval,
                    check.Target,
                    check.Timeout,
                    UnhealthyThreshold = check.Unhealthy,
                },
            });
        }

        if (wanted.SecurityGroups is { } groups && !groups.SequenceEqual(old.SecurityGroups ?? []))
        {
            await CallAsync("ApplySecurityGroupsToLoadBalancer", new { LoadBalancerName = name, SecurityGroups = groups });
        }

        await ChangeAsync(
            old.AvailabilityZones, wanted.AvailabilityZones, "DisableAvailabilityZonesForLoadBalancer",
            "EnableAvailabilityZonesForLoadBalancer", addFirst: true, Zones, Zones);
        await ChangeAsync(
            old.Subnets, wanted.Subnets, "DetachLoadBalancerFromSubnets", "AttachLoadBalancerToSubnets", addFirst: false, Subnets, Subnets);
        return (await ReadAsync(name, wanted.AccessLogs is not null))!;

        object Instances(IReadOnlyList<string> ids) =>
            new { LoadBalancerName = name, Instances = ids.Select(id => new { InstanceId = id }) };
        object Zones(IReadOnlyList<string> zones) => new { LoadBalancerName = name, AvailabilityZones = zones };
        object Subnets(IReadOnlyList<string> subnets) => new { LoadBalancerName = name, Subnets = subnets };
    }

    private async Task ChangeAttributesAsync(TerraformElb old, TerraformElb wanted)
    {
        if ((old.CrossZone, old.IdleTimeout, old.Desync, old.AccessLogs) != (
            wanted.CrossZone, wanted.IdleTimeout, wanted.Desync, wanted.AccessLogs))
        {
            await ModifyAsync(wanted.Name, new
            {
                AdditionalAttributes = new[] { new { Key = DesyncKey, Value = wanted.Desync } },
                CrossZoneLoadBalancing = new { Enabled = wanted.CrossZone },
                ConnectionSettings = new { wanted.IdleTimeout },
                AccessLog = TerraformAccessLogs.Sent(wanted.AccessLogs),
            });
        }

        if (old.DrainingTimeout != wanted.DrainingTimeout)
        {
            await ModifyAsync(wanted.Name, new { ConnectionDraining = new { Enabled = true, Timeout = wanted.DrainingTimeout } });
        }

        if ((old.Draining, old.DrainingTimeout) != (wanted.Draining, wanted.DrainingTimeout))
        {
            await ModifyAsync(wanted.Name, new { ConnectionDraining = new { Enabled = wanted.Draining } });
        }
    }

    private Task ModifyAsync(string name, object attributes) =>
        CallAsync("ModifyLoadBalancerAttributes", new { LoadBalancerName = name, LoadBalancerAttributes = attributes });

    private async Task ChangeAsync<T>(
        IReadOnlyList<T>? old, IReadOnlyList<T>? wanted, string removal, string addition, bool addFirst,
        Func<IReadOnlyList<T>, object> remove, Func<IReadOnlyList<T>, object> add)
    {
        if (wanted is null)
        {
            return;
        }

        var removed = (old ?? []).Except(wanted).ToList();
        var added = wanted.Except(old ?? []).ToList();
        foreach (var isAddition in new[] { addFirst, !addFirst })
        {
            if (isAddition && added.Count > 0)
            {
                await sdk.RetryAsync($"elb:{addition}", add(added), IsWaitedOut, cancellationToken);
            }
            else if (!isAddition && removed.Count > 0)
            {
                await CallAsync(removal, remove(removed));
            }
        }
    }

    private static bool IsWaitedOut(AwsError error) =>
        error is { Code: "DuplicateListener" }
        || (
            error.Code == "CertificateNotFound"
                && error.Words.Contains("Server Certificate not found for the key: arn", StringComparison.Ordinal))
        || (
            error.Code == "InvalidConfigurationRequest"
                && error.Words.Contains("cannot be attached to multiple subnets in the same AZ", StringComparison.Ordinal));

    /// <summary>The group and its id, which EC2 alone knows: it must answer with exactly one.</summary>
    private async Task<string> SourceSecurityGroupAsync(XElement balancer)
    {
        var source = balancer.Need("SourceSecurityGroup");
        var (name, owner) = (source.Need("GroupName").Value, source.Need("OwnerAlias").Value);
        var found = await sdk.CallAsync(
            "ec2:DescribeSecurityGroups", Filters(("group-name", name), ("owner-id", owner), ("vpc-id", balancer.Need("VPCId").Value)),
            cancellationToken);
        return $"{owner}/{name} {Assert.Single(found.Items("securityGroupInfo")).Need("groupId").Value}";
    }

    private Task<XElement> CallAsync(string action, object parameters) => sdk.CallAsync($"elb:{action}", parameters, cancellationToken);

    private static object Filters(params IEnumerable<(string Name, string Value)> filters) =>
        new { Filter = filters.Select(filter => new { filter.Name, Value = new[] { filter.Value } }) };

    private static IReadOnlyList<string> Texts(XElement element, string list) => [.. element.Items(list).Select(item => item.Value)];

    private static int Number(XElement element, string name) => int.Parse(element.Need(name).Value, CultureInfo.InvariantCulture);
}
