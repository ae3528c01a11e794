using System.Diagnostics;

namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>What it costs to tell requests apart, where a client makes its target as bad as it can.</summary>
public sealed class LongTargetTests
{
    private const int Length = 60_000;
    private const int Requests = 50;

    /// <remarks>
    /// One that could be looked at from each of its commas again took 60 times as long as another: 30 ms, for which that thread answered
    /// nobody else. What is held against each other is the processor time of one process, ten times as much allowed.
    /// </remarks>
    [Theory]
    [InlineData(",transfer_encoding,")]
    [InlineData(",content_length")]
    [InlineData(",transfer")]
    [InlineData(",_")]
    public async Task One_full_of_what_looks_like_names_costs_no_more_than_another(string part)
    {
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web");
        await running.ApplyAsync(web);
        using var process = Process.GetProcessById(running.ProcessId);

        var usual = await CostAsync("/abcdefgh");
        var hostile = await CostAsync(part);

        Assert.InRange(hostile, TimeSpan.Zero, (10 * usual) + TimeSpan.FromMilliseconds(200));

        async Task<TimeSpan> CostAsync(string repeated)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            for (var request = 0; request < Requests; request++)
            {
                var target = $"/{request}{string.Concat(Enumerable.Repeat(repeated, Length / repeated.Length))}";
                using var client = await RawClient.ConnectAsync(web);
                await client.SendAsync($"POST {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
                Assert.Equal(503, (await client.AnswerAsync())?.Status);
            }

            process.Refresh();
            return process.TotalProcessorTime - before;
        }
    }
}
