using CloudLb.Tests.Api.Actions;

namespace CloudLb.Tests.Api.V2;

/// <summary>What most tests of the API of application and network load balancers begin with.</summary>
internal sealed class V2Resources(ElbServer server)
{
    private static int _named;

    /// <summary>In two zones; each id is taken at its word, and its last digit gives its zone.</summary>
    public const string Subnets = "&Subnets.member.1=subnet-00000000&Subnets.member.2=subnet-00000001";

    public static string NewName(string kind) => $"{kind}-{Interlocked.Increment(ref _named)}";

    /// <summary>The ARN of a new load balancer.</summary>
    public async Task<string> LoadBalancerAsync(string type = "application") => (await server.SendV2Async(
        $"Action=CreateLoadBalancer&Name={NewName("lb")}&Type={type}{Subnets}")).Descendants("LoadBalancerArn").Single().Value;

    /// <summary>The ARN of a new target group of addresses in the VPC of <see cref="Subnets"/>.</summary>
    public async Task<string> TargetGroupAsync(string protocol = "HTTP", string more = "") => (await server.SendV2Async(
        $"Action=CreateTargetGroup&Name={NewName("tg")}&Protocol={protocol}&Port=8000&TargetType=ip&VpcId={await VpcAsync()}{more}"))
        .Descendants("TargetGroupArn").Single().Value;

    /// <summary>The ARN of a new listener that forwards to the group.</summary>
    public async Task<string> ListenerAsync(string loadBalancer, string group, int port = 80, string protocol = "HTTP") =>
        (await server.SendV2Async(
            $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol={protocol}&Port={port}{Forward(group)}"))
        .Descendants("ListenerArn").Single().Value;

    /// <summary>The VPC that subnets are in which are taken at their word.</summary>
    public async Task<string> VpcAsync() => (await server.SendV2Async(
        $"Action=CreateLoadBalancer&Name=of-the-vpc{Subnets}")).Descendants("VpcId").Single().Value;

    public static string Forward(string group) =>
        $"&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}";
}
