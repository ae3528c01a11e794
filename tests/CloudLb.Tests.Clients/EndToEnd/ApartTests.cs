using CloudLb.Tests.Clients.Clients;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.EndToEnd;

public sealed class ApartTests(SharedServer server)
{
    [Fact]
    public async Task Two_accounts_do_not_see_each_other()
    {
        var token = TestContext.Current.CancellationToken;
        var boto3 = new Boto3();
        await server.Api.CreateWebAsync("secret", 8000, token);

        var all = await boto3.CallAsync(server.Process.Url, "DescribeLoadBalancers", new { }, token, Account.Second);
        var named = await boto3.TryCallAsync(
            server.Process.Url, "DescribeLoadBalancers", new { LoadBalancerNames = new[] { "secret" } }, token, Account.Second);
        await boto3.CallAsync(server.Process.Url, "DeleteLoadBalancer", new { LoadBalancerName = "secret" }, token, Account.Second);

        Assert.Empty(all["LoadBalancerDescriptions"]!.AsArray());
        Assert.Equal("LoadBalancerNotFound", (string?)named["error"]![0]);
        Assert.NotNull(await server.Process.StatusAsync("secret", token));
    }

    [Fact]
    public async Task Two_accounts_and_two_regions_may_use_one_name_for_load_balancers_of_their_own()
    {
        var token = TestContext.Current.CancellationToken;
        await using var first = await Backend.StartAsync(token);
        await using var second = await Backend.StartAsync(token);
        await using var third = await Backend.StartAsync(token);
        var europe = new ElbApi(server.Process.Url, region: "eu-west-1");
        var other = new ElbApi(server.Process.Url, Account.Second);

        foreach (var (api, backend) in new[] { (server.Api, first), (europe, second), (other, third) })
        {
            await api.CreateWebAsync("same", backend.Port, token);
            await api.RegisterAsync("same", backend.Address, token);
        }

        Assert.Matches(
            @"^same-\d+\.eu-west-1\.elb\.localhost$", (await europe.CallAsync("Action=DescribeLoadBalancers", token)).Value("DNSName"));
        foreach (var (backend, status) in new[]
        {
            (first, await server.Process.StatusAsync("same", token)),
            (second, await server.Process.StatusAsync("same", token, region: "eu-west-1")),
            (third, await server.Process.StatusAsync("same", token, Account.Second)),
        })
        {
            Assert.Equal(
                (200, backend.Address), await Traffic.AnswersAsync(new Uri($"http://{status!.Address}:{Ports.Http}/"), 200, token));
        }

        await other.CallAsync("Action=DeleteLoadBalancer&LoadBalancerName=same", token);
        Assert.Equal("same", (await europe.CallAsync("Action=DescribeLoadBalancers", token)).Value("LoadBalancerName"));
        Assert.NotNull(await server.Process.StatusAsync("same", token));
    }
}
