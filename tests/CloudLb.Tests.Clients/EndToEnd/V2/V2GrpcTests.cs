using System.Net;
using System.Xml.Linq;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;
using CloudLb.Tests.GrpcHealth;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>A target group of GRPC whose targets are asked for their health as gRPC's own service has it.</summary>
public sealed class V2GrpcTests(SharedServer server)
{
    private const string Name = "v2-grpc";

    private static readonly int Port = Ports.Http == 80 ? 443 : 8443;

    private readonly V2Calls _calls = new(server.Api);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0-1,12", "all")]
    public async Task A_target_is_healthy_whose_health_service_says_so_by_a_matcher_that_includes_0(string matcher, string name)
    {
        var address = $"{Ports.Network()}.1";
        var port = Ports.Free(IPAddress.Parse(address));
        await using var target = await StartAsync(address, port);
        var health = target.Services.GetRequiredService<HealthServiceState>();
        var group = await ServeAsync($"{Name}-{name}", matcher, address, port);
        await BecomesAsync(group, "healthy", null, null);
        Assert.True(health.Checks > 0);

        health.Status = StatusCode.Unavailable;
        await BecomesAsync(group, "unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [14]");
        health.Status = StatusCode.OK;
        await BecomesAsync(group, "healthy", null, null);
    }

    private static async Task<WebApplication> StartAsync(string address, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<HealthServiceState>();
        builder.Services.AddGrpc();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Parse(address), port, listen => listen.Protocols = HttpProtocols.Http2));
        var target = builder.Build();
        target.MapGrpcService<HealthService>();
        await target.StartAsync(Token);
        return target;
    }

    /// <summary>The ARN of a group that an HTTPS listener forwards to, with one target.</summary>
    private async Task<string> ServeAsync(string name, string matcher, string address, int port)
    {
        var certificate = await ServerCertificateFiles.New($"{name}.example.com").UploadAsync(server.Process.Url, name, Token);
        var loadBalancer = await _calls.CallAsync(
            $"Action=CreateLoadBalancer&Name={name}&Subnets.member.1=subnet-00000000&Subnets.member.2=subnet-00000001", "LoadBalancerArn");
        var vpc = await _calls.CallAsync($"Action=DescribeLoadBalancers&Names.member.1={name}", "VpcId");
        var group = (await _calls.CallAsync(
            $"Action=CreateTargetGroup&Name={name}&Protocol=HTTP&ProtocolVersion=GRPC&Port={port}&TargetType=ip&VpcId={vpc}" +
            $"&HealthCheckPath={HealthMethods.Path}&Matcher.GrpcCode={matcher}&HealthCheckIntervalSeconds=5&HealthCheckTimeoutSeconds=2" +
            "&HealthyThresholdCount=2&UnhealthyThresholdCount=2", "TargetGroupArn"))!;
        await _calls.CallAsync($"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={address}");

        // What IAM was given is known elsewhere a moment later, as at AWS.
        await Wait.ForAsync(
            () => server.Api.SendAsync(
                $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=HTTPS&Port={Port}&Certificates.member.1.CertificateArn=" +
                $"{certificate}&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}&Version=2015-12-01",
                Token),
            answer => answer.Status == 200, Token);
        return group;
    }

    private Task BecomesAsync(string group, string state, string? reason, string? description) => Wait.ForAsync(
        async () =>
        {
            var answer = await server.Api.SendAsync($"Action=DescribeTargetHealth&TargetGroupArn={group}&Version=2015-12-01", Token);
            var health = XElement.Parse(answer.Body).Descendants().Single(element => element.Name.LocalName == "TargetHealth");
            return (Of(health, "State"), Of(health, "Reason"), Of(health, "Description"));
        },
        found => found == (state, reason, description), Token);

    private static string? Of(XElement health, string name) =>
        health.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
}
