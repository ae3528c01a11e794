using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Kit;

namespace CloudLb.Tests.Clients.EndToEnd;

/// <summary>Targets that fail far more requests than the others of their group.</summary>
public sealed class V2AnomalyTests
{
    private const string Normal = "normal/no", Mitigated = "anomalous/yes", Seen = "anomalous/no";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_anomalous_target_is_told_and_is_given_less_only_where_that_is_asked_for()
    {
        await using var server = await EphemeralServer.StartAsync(Token, "--FastClocks");
        var calls = new V2Calls(server.Api);
        await using var bad = await Backend.StartAsync(Token);
        await using var second = await Backend.StartAsync($"{Ports.Network()}.1", bad.Port, Token);
        await using var third = await Backend.StartAsync($"{Ports.Network()}.1", bad.Port, Token);
        await using var fourth = await Backend.StartAsync($"{Ports.Network()}.1", bad.Port, Token);
        await calls.ServeAsync("odd", bad);
        var group = (await calls.CallAsync("Action=DescribeTargetGroups&Names.member.1=odd", "TargetGroupArn"))!;
        await calls.CallAsync(
            $"Action=RegisterTargets&TargetGroupArn={group}&Targets.member.1.Id={second.Address}" +
            $"&Targets.member.2.Id={third.Address}&Targets.member.3.Id={fourth.Address}");
        await SetAsync(calls, group, "load_balancing.algorithm.type=weighted_random");
        var url = new Uri($"http://{await server.AddressAsync("odd", Token)}:{Ports.Http}/");

        await BecomesAsync(calls, group, url, bad, Normal);
        bad.Status = 503;
        await BecomesAsync(calls, group, url, bad, Seen);
        await SetAsync(calls, group, "load_balancing.algorithm.anomaly_mitigation=on");
        await BecomesAsync(calls, group, url, bad, Mitigated);

        // A quarter of the requests before, and one of 31 now.
        await Wait.ForAsync(() => FailedAsync(url, 200), failed => failed < 20, Token);
        bad.Status = 200;
        await BecomesAsync(calls, group, url, bad, Normal);
    }

    private static Task SetAsync(V2Calls calls, string group, string attribute) => calls.CallAsync(
        $"Action=ModifyTargetGroupAttributes&TargetGroupArn={group}&Attributes.member.1.Key={attribute.Split('=')[0]}" +
        $"&Attributes.member.1.Value={attribute.Split('=')[1]}");

    /// <summary>Waits under traffic until a target is told as that.</summary>
    private static Task BecomesAsync(V2Calls calls, string group, Uri url, Backend target, string expected) => Wait.ForAsync(
        async () =>
        {
            await FailedAsync(url, 100);
            var asked = $"Action=DescribeTargetHealth&TargetGroupArn={group}&Targets.member.1.Id={target.Address}" +
                "&Include.member.1=AnomalyDetection";
            return $"{await calls.CallAsync(asked, "Result")}/{await calls.CallAsync(asked, "MitigationInEffect")}";
        },
        told => told == expected, Token);

    private static async Task<int> FailedAsync(Uri url, int requests)
    {
        var failed = 0;
        for (var request = 0; request < requests; request++)
        {
            failed += (await Traffic.GetAsync(url, Token)).Status == 503 ? 1 : 0;
        }

        return failed;
    }
}
