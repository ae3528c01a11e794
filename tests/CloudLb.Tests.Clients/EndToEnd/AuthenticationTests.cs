using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class AuthenticationTests(SharedServer server)
{
    private const string NotAuthentic = "Instance has a certificate whose public key is none of those that the back-end server policies " +
        "accept.";

    [Fact]
    public async Task Instances_show_a_key_of_the_policies_or_are_out_and_told_so()
    {
        var token = TestContext.Current.CancellationToken;
        var (right, wrong) = (TestCertificate.SelfSigned(), TestCertificate.SelfSigned(isEcdsa: true));
        var address = $"{Ports.Network()}.1";
        await using var known = await Backend.StartAsync(address, Ports.Free(System.Net.IPAddress.Parse(address)), right, token);
        await using var stranger = await Backend.StartAsync($"{Ports.Network()}.1", known.Port, wrong, token);
        await server.Api.CallAsync(
            "Action=CreateLoadBalancer&LoadBalancerName=keys&AvailabilityZones.member.1=us-east-1a&Listeners.member.1.Protocol=HTTP" +
            $"&Listeners.member.1.LoadBalancerPort={Ports.Http}&Listeners.member.1.InstanceProtocol=HTTPS" +
            $"&Listeners.member.1.InstancePort={known.Port}",
            token);
        await server.Api.CallAsync(
            $"Action=ConfigureHealthCheck&LoadBalancerName=keys&HealthCheck.Target=HTTPS:{known.Port}/health&HealthCheck.Interval=5" +
            "&HealthCheck.Timeout=2&HealthCheck.HealthyThreshold=2&HealthCheck.UnhealthyThreshold=2",
            token);
        await CreateAsync("key", "PublicKeyPolicyType", "PublicKey", string.Join('\n', right.PublicKeyPem.Split('\n')[1..^1]), token);
        await CreateAsync("other", "PublicKeyPolicyType", "PublicKey", wrong.PublicKeyPem, token);
        await CreateAsync("auth", "BackendServerAuthenticationPolicyType", "PublicKeyPolicyName", "key", token);
        await CreateAsync("auth-other", "BackendServerAuthenticationPolicyType", "PublicKeyPolicyName", "other", token);
        await SetAsync(known.Port, "&PolicyNames.member.1=auth", token);
        await server.Api.RegisterAsync("keys", known.Address, token);
        await server.Api.RegisterAsync("keys", stranger.Address, token);
        var url = await server.Process.TrafficUrlAsync("keys", token);

        await server.Api.BecomesAsync("keys", known.Address, "InService", token);
        await Wait.ForAsync(
            () => server.Api.HealthAsync("keys", stranger.Address, token), health => health == ("OutOfService", NotAuthentic), token);
        Assert.Equal((200, known.Address), await Traffic.GetAsync(url, token));
        var told = await server.Process.CommandAsync(token, "explain", "keys", stranger.Address);
        Assert.Equal(1, told.ExitCode);
        Assert.Contains("the public key of its certificate is none of those that are accepted", told.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"On port {known.Port} it must show one of 1 public key: the policies auth say so.", told.Output, StringComparison.Ordinal);

        await SetAsync(known.Port, "&PolicyNames.member.1=auth-other", token);
        await server.Api.BecomesAsync("keys", stranger.Address, "InService", token);
        await Wait.ForAsync(
            () => server.Api.HealthAsync("keys", known.Address, token), health => health == ("OutOfService", NotAuthentic), token);
        await Wait.ForAsync(() => Traffic.GetAsync(url, token), answer => answer == (200, stranger.Address), token);

        await SetAsync(known.Port, "&PolicyNames=", token);
        await server.Api.BecomesAsync("keys", known.Address, "InService", token);
        await server.Api.BecomesAsync("keys", stranger.Address, "InService", token);
    }

    private Task CreateAsync(string policy, string type, string attribute, string value, CancellationToken token) => server.Api.CallAsync(
        $"Action=CreateLoadBalancerPolicy&LoadBalancerName=keys&PolicyName={policy}&PolicyTypeName={type}" +
        $"&PolicyAttributes.member.1.AttributeName={attribute}&PolicyAttributes.member.1.AttributeValue={Uri.EscapeDataString(value)}",
        token);

    private Task SetAsync(int port, string names, CancellationToken token) => server.Api.CallAsync(
        $"Action=SetLoadBalancerPoliciesForBackendServer&LoadBalancerName=keys&InstancePort={port}{names}", token);
}
