using CloudLb.HAProxy.Machine;

namespace CloudLb.Tests.HAProxy;

/// <summary>How the processes' C library deals with memory.</summary>
public sealed class AllocatorTests
{
    [Fact]
    public async Task What_a_request_has_given_back_is_kept_for_the_next_one()
    {
        await using var running = await RunningDataPlane.StartAsync();
        await running.ApplyAsync(Plans.LoadBalancer("web"));

        var process = Assert.Single(ProcessList.Under(running.Directory));

        // The C library ends each setting with a NUL when it has read it.
        var settings = File.ReadAllText($"/proc/{process}/environ").Split("GLIBC_TUNABLES=")[1];
        Assert.StartsWith("glibc.malloc.hugetlb=1", settings, StringComparison.Ordinal);
        Assert.Contains("glibc.malloc.trim_threshold=8388608", settings, StringComparison.Ordinal);
    }
}
