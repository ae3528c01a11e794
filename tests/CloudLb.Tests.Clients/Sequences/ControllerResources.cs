using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>
/// What the AWS Load Balancer Controller does for an Ingress and for a Service alike: what there is it finds by its tags, whatever it is
/// called, and only what differs is changed.
/// </summary>
/// <param name="kind">What the tags begin with: <c>ingress.k8s.aws</c>.</param>
internal sealed class ControllerResources(GoSdk sdk, string kind, CancellationToken cancellationToken)
{
    /// <summary>As many ARNs as one DescribeTags may have.</summary>
    private const int TagsAtOnce = 20;

    private readonly string _stack = $"{kind}/stack";
    private readonly string _resource = $"{kind}/resource";

    public async Task<XElement> CallAsync(string action, object parameters) =>
        (await sdk.CallAsync($"elbv2:{action}", parameters, cancellationToken)).Need($"{action}Result");

    public IReadOnlyList<KeyValuePair<string, string>> TagsOf(string stack, string resource) =>
    [
        new("elbv2.k8s.aws/cluster", "test"), new(_resource, resource), new(_stack, stack),
    ];

    /// <summary>What the stack has, by the tag that says what for.</summary>
    public async Task<IReadOnlyDictionary<string, XElement>> FindAsync(string action, string list, string arn, string stack)
    {
        var all = (await CallAsync(action, new { })).Items(list).ToDictionary(one => one.Need(arn).Value);
        var tags = await TagsByArnAsync([.. all.Keys]);
        return all.Where(one => tags[one.Key].GetValueOrDefault(_stack) == stack)
            .ToDictionary(one => tags[one.Key][_resource], one => one.Value);
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> TagsByArnAsync(IReadOnlyList<string> arns)
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

    public async Task EnsureTagsAsync(string arn, IReadOnlyList<KeyValuePair<string, string>> wanted)
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

    /// <param name="what">Whose attributes: <c>TargetGroup</c>.</param>
    /// <param name="arn">Its ARN.</param>
    /// <param name="wanted">Those that are asked for; all others stay.</param>
    public async Task EnsureAttributesAsync(string what, string arn, IReadOnlyDictionary<string, string> wanted)
    {
        var named = new Dictionary<string, object> { [$"{what}Arn"] = arn };
        var there = Pairs((await CallAsync($"Describe{what}Attributes", named)).Items("Attributes"));
        if (wanted.Where(attribute => there[attribute.Key] != attribute.Value).ToList() is { Count: > 0 } changed)
        {
            await CallAsync($"Modify{what}Attributes", new Dictionary<string, object>(named) { ["Attributes"] = changed });
        }
    }

    public async Task EnsureTargetsAsync(string group, IReadOnlyList<string> targets, string port)
    {
        var health = (await CallAsync("DescribeTargetHealth", new { TargetGroupArn = group })).Items("TargetHealthDescriptions");
        var registered = health.Where(target => target.Need("TargetHealth").Text("State") != "draining")
            .Select(target => target.Need("Target", "Id").Value).ToList();
        if (registered.Except(targets).Select(target => new { Id = target, Port = port }).ToArray() is { Length: > 0 } gone)
        {
            await CallAsync("DeregisterTargets", new { TargetGroupArn = group, Targets = gone });
        }

        if (targets.Except(registered).Select(target => new { Id = target, Port = port }).ToArray() is { Length: > 0 } added)
        {
            await CallAsync("RegisterTargets", new { TargetGroupArn = group, Targets = added });
        }
    }

    /// <summary>Security groups and subnets of a load balancer that there is.</summary>
    public async Task EnsureNetworkAsync(XElement balancer, IReadOnlyList<string> securityGroups, IReadOnlyList<string> subnets)
    {
        var arn = balancer.Need("LoadBalancerArn").Value;
        if (balancer.Set("SecurityGroups") != Answers.Set(securityGroups))
        {
            await CallAsync("SetSecurityGroups", new { LoadBalancerArn = arn, SecurityGroups = securityGroups });
        }

        var there = balancer.Items("AvailabilityZones").Select(zone => zone.Need("SubnetId").Value);
        if (Answers.Set(there) != Answers.Set(subnets))
        {
            await CallAsync("SetSubnets", new { LoadBalancerArn = arn, SubnetMappings = Mappings(subnets) });
        }
    }

    /// <summary>The load balancers of a stack, and then its target groups.</summary>
    public async Task DeleteAsync(string stack)
    {
        foreach (var balancer in (await FindAsync("DescribeLoadBalancers", "LoadBalancers", "LoadBalancerArn", stack)).Values)
        {
            await CallAsync("DeleteLoadBalancer", new { LoadBalancerArn = balancer.Need("LoadBalancerArn").Value });
        }

        foreach (var group in (await FindAsync("DescribeTargetGroups", "TargetGroups", "TargetGroupArn", stack)).Values)
        {
            await DeleteGroupAsync(group);
        }
    }

    /// <summary>A listener may still be named that is deleted at this moment.</summary>
    public Task DeleteGroupAsync(XElement group) => sdk.RetryAsync(
        "elbv2:DeleteTargetGroup", new { TargetGroupArn = group.Need("TargetGroupArn").Value }, error => error.Code == "ResourceInUse",
        cancellationToken);

    /// <summary>Subnets as they are sent.</summary>
    public static IEnumerable<object> Mappings(IReadOnlyList<string> subnets) => subnets.Select(subnet => new { SubnetId = subnet });

    private static Dictionary<string, string> Pairs(IEnumerable<XElement> items) =>
        items.ToDictionary(item => item.Need("Key").Value, item => item.Need("Value").Value);
}
