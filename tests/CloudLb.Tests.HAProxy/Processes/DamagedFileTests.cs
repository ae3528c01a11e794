using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Applied;
using CloudLb.HAProxy.Metrics;

namespace CloudLb.Tests.HAProxy;

/// <summary>Files of a cell that say nothing, or what nobody has written: CloudLb starts all the same.</summary>
public sealed class DamagedFileTests
{
    private static readonly string LoadBalancer = AppliedFile.LineOf(Plans.LoadBalancer("web"));

    public static TheoryData<string> Applied =>
        new("", "null", "99", "[]", "{", "\0\0", "{}\nnull", $"{{}}\n{LoadBalancer}\n{LoadBalancer}", "{}\n{}", LoadBalancer,
        $"{{\"Version\":2,\"Generation\":1,\"ProcessId\":1}}\n{LoadBalancer}");

    [Theory]
    [MemberData(nameof(Applied))]
    public void An_applied_plan_that_is_none_is_taken_for_none(string content)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, content);

        var read = AppliedFile.Read(path);

        Assert.True(read is null || read.Value.LoadBalancers.Count == 0);
        File.Delete(path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("99")]
    [InlineData("\0\0")]
    [InlineData("{}")]
    [InlineData("{\"Name\":\"123456789012:us-east-1:web:80,FRONTEND\"}")]
    [InlineData("{\"LoadBalancer\":\"123456789012:us-east-1:web\",\"IsOwed\":true}")]
    [InlineData("{\"LoadBalancer\":\"x\"}")]
    public void Totals_that_are_none_count_nothing(string content)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, content);
        var totals = new Dictionary<LoadBalancerId, TrafficTotals>();

        TrafficFile.Read(path, (_, _) => null, totals, []);

        Assert.Empty(totals);
        File.Delete(path);
    }

    [Fact]
    public async Task A_state_file_that_tells_twice_of_a_member_harms_nobody()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var crashed = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned());
        await crashed.ApplyAsync(web);
        await crashed.IsPassingAsync(web, "i-1");
        await crashed.CrashAsync();
        var state = await File.ReadAllTextAsync(crashed.CellFile("state"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(crashed.CellFile("state"), state + state, TestContext.Current.CancellationToken);

        await using var running = await RunningDataPlane.StartAsync(crashed.Directory);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal(1, running.Generation);
    }
}
