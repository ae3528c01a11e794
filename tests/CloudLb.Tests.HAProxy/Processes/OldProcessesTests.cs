using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>Processes that stay because somebody keeps a connection in each.</summary>
public sealed class OldProcessesTests
{
    private const int Most = 4;

    [Fact]
    public async Task Of_too_many_those_with_the_fewest_connections_are_ended()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.MaxOldProcesses), $"{Most}"));
        var web = Plans.LoadBalancer("web", instance.Planned()).AsTcp();
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var (kept, others) = (new List<KeptConnection>(), new List<PlannedLoadBalancer> { web });
        try
        {
            // Somebody's two connections in the first process, and one of a flapping neighbour in each.
            for (var generation = 0; generation < Most + 3; generation++)
            {
                for (var count = generation == 0 ? 2 : 1; count > 0; count--)
                {
                    var connection = await KeptConnection.OpenAsync(web);
                    kept.Add(connection);
                    Assert.Equal((200, "i-1"), await connection.GetAsync());
                }

                others.Add(Plans.LoadBalancer($"other-{generation}"));
                await running.ApplyAsync([.. others]);
            }

            await Eventually.IsTrueAsync(
                () => ProcessList.Under(running.Directory).Count == Most + 1, "as many old processes as may be, and the one that serves");
            Assert.Equal((200, "i-1"), await kept[0].GetAsync());
            Assert.Equal((200, "i-1"), await kept[1].GetAsync());
            Assert.Null(await kept[2].GetAsync());
            Assert.Equal((200, "i-1"), await kept[^1].GetAsync());
            Assert.Contains(running.Log.Lines, line => line.StartsWith("Warning 5022 ", StringComparison.Ordinal));
        }
        finally
        {
            kept.ForEach(connection => connection.Dispose());
        }
    }
}
