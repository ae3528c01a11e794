using System.Globalization;
using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

public sealed class ProcessListTests
{
    [Fact]
    public void The_uptime_is_the_one_by_which_the_kernel_tells_when_processes_began()
    {
        var before = OfTheKernel();
        var uptime = ProcessList.Uptime;
        var after = OfTheKernel();

        // The kernel tells hundredths.
        Assert.InRange(uptime, before, after + TimeSpan.FromSeconds(0.01));
        Assert.True(ProcessList.HasBegun(Environment.ProcessId, TimeSpan.Zero));
        Assert.False(ProcessList.HasBegun(Environment.ProcessId, uptime));
    }

    private static TimeSpan OfTheKernel() =>
        TimeSpan.FromSeconds(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));
}
