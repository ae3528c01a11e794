using System.Xml.Linq;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>Calls of the API 2015-12-01 that must succeed.</summary>
internal sealed class V2Calls(ElbApi api)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The first element of that name in the answer; null where there is none, or no name.</summary>
    public async Task<string?> CallAsync(string form, string? name = null)
    {
        var answer = await api.SendAsync($"{form}&Version=2015-12-01", Token);
        Assert.True(answer.Status == 200, $"{form}: {answer.Body}");
        return XElement.Parse(answer.Body).Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
    }

    /// <summary>
    /// An application load balancer with a listener that forwards to a group of its name with one target; answers the ARNs of the first
    /// two.
    /// </summary>
    public async Task<(string LoadBalancer, string Listener)> ServeAsync(string name, Backend target)
    {
        var loadBalancer = (await CallAsync(
            $"Action=CreateLoadBalancer&Name={name}&Subnets.member.1=subnet-00000000&Subnets.member.2=subnet-00000001",
            "LoadBalancerArn"))!;
        var vpc = await CallAsync($"Action=DescribeLoadBalancers&Names.member.1={name}", "VpcId");
        var group = (await CallAsync(
            $"Action=CreateTargetGroup&Name={name}&Protocol=HTTP&Port={target.Port}&TargetType=ip&VpcId={vpc}&HealthCheckPath=/health" +
            "&HealthCheckIntervalSeconds=5&HealthCheckTimeoutSeconds=2", "TargetGroupArn"))!;
        await CallAsync($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={target.Address}");
        var listener = (await CallAsync(
            $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=HTTP&Port={Ports.Http}" +
            $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}", "ListenerArn"))!;
        return (loadBalancer, listener);
    }

    /// <summary>Sets attributes of a load balancer or a listener.</summary>
    public Task SetAsync(string arn, params (string Key, string Value)[] attributes) => CallAsync(
        (arn.Contains(":listener/", StringComparison.Ordinal)
            ? $"Action=ModifyListenerAttributes&ListenerArn={arn}"
            : $"Action=ModifyLoadBalancerAttributes&LoadBalancerArn={arn}") +
        string.Concat(attributes.Select((attribute, at) =>
            $"&Attributes.member.{at + 1}.Key={attribute.Key}" +
            $"&Attributes.member.{at + 1}.Value={Uri.EscapeDataString(attribute.Value)}")));
}
