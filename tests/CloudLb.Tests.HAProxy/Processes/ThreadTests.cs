using CloudLb.HAProxy;
using CloudLb.HAProxy.Configuration;

namespace CloudLb.Tests.HAProxy;

/// <summary>How many threads each process has.</summary>
public sealed class ThreadTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 50, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(2, 79, 2)]
    [InlineData(4, 1, 4)]
    [InlineData(4, 2, 4)]
    [InlineData(4, 3, 2)]
    [InlineData(8, 1, 8)]
    [InlineData(8, 5, 3)]
    [InlineData(64, 1, 8)]
    [InlineData(64, 16, 8)]
    [InlineData(64, 20, 6)]
    [InlineData(64, 79, 2)]
    public void Processes_divide_twice_the_processors_among_them(int processors, int processes, int threads) =>
        Assert.Equal(threads, new HAProxyOptions { Processors = processors }.ThreadsBeside(processes));

    [Fact]
    public void A_number_that_is_set_is_the_number() =>
        Assert.Equal(5, new HAProxyOptions { Processors = 64, Threads = 5 }.ThreadsBeside(79));

    [Fact]
    public async Task A_process_takes_up_another_number_with_a_hand_over_that_is_due_anyway()
    {
        await using var running = await RunningDataPlane.StartAsync(settings: (nameof(HAProxyOptions.MaxLoadBalancersPerCell), "1"));
        running.Options.Processors = 4;
        var (first, second, third) = (Plans.LoadBalancer("a"), Plans.LoadBalancer("b"), Plans.LoadBalancer("c"));
        await running.ApplyAsync(first);
        var processId = running.DataPlane.Cells[0].ProcessId;
        Assert.Equal([4], Threads(running));

        await running.ApplyAsync(first, second, third);
        Assert.Equal(processId, running.DataPlane.Cells[0].ProcessId);
        Assert.Equal(4, Threads(running)[0]);

        await running.ApplyAsync(first with { Listeners = [Plans.Listener(Plans.Port), Plans.Listener(Plans.Port + 1)] }, second, third);
        Assert.NotEqual(processId, running.DataPlane.Cells[0].ProcessId);
        Assert.Equal(2, Threads(running)[0]);
    }

    [Fact]
    public async Task A_process_that_is_found_again_keeps_its_number()
    {
        var crashed = await RunningDataPlane.StartAsync();
        crashed.Options.Processors = 4;
        var web = Plans.LoadBalancer("web");
        await crashed.ApplyAsync(web);
        var processId = crashed.ProcessId;
        await crashed.CrashAsync();

        await using var running = await RunningDataPlane.StartAsync(crashed.Directory);
        running.Options.Processors = 1;
        await running.ApplyAsync(web);
        Assert.Equal((processId, 4), (running.ProcessId, Assert.Single(Threads(running))));
    }

    private static IReadOnlyList<int> Threads(RunningDataPlane running) =>
    [
        .. running.DataPlane.Cells.Select(
            cell => File.ReadAllText(Path.Combine(running.Directory, "haproxy", "cells", $"{cell.Number}", "haproxy.cfg")))
            .Select(text => GlobalSection.ThreadsIn(text) ?? 0),
    ];
}
