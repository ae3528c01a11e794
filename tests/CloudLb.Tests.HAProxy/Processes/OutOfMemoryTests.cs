using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>What the kernel has ended for lack of memory is told where a process of ours is among those that ended.</summary>
public sealed class OutOfMemoryTests
{
    [Theory]
    [InlineData("pgfault 12\noom_kill 7\nnuma_hit 3", 7)]
    [InlineData("pgfault 12\nnuma_hit 3", 0)]
    [InlineData("oom_kill seven", 0)]
    [InlineData("", 0)]
    public void The_kernels_count_is_read(string text, long kills) => Assert.Equal(kills, OutOfMemory.Read(text.Split('\n')));

    [Fact]
    public void This_kernel_counts() =>
        Assert.Contains(File.ReadLines("/proc/vmstat"), line => line.StartsWith("oom_kill ", StringComparison.Ordinal));

    [Theory]
    [InlineData(137, 0, "HAProxy was killed while it started.")]
    [InlineData(137, 1, "HAProxy was killed while it started, and the kernel has ended a process for lack of memory since it began.")]
    [InlineData(137, 3, "HAProxy was killed while it started, and the kernel has ended 3 processes for lack of memory since it began.")]
    [InlineData(1, 3, "HAProxy ended with code 1 while it started.")]
    public void An_end_is_told_in_words(int exitCode, long kills, string words) => Assert.Equal(words, OutOfMemory.Ended(exitCode, kills));
}
