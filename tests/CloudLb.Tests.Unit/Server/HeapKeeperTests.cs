using CloudLb.Server.Startup;

namespace CloudLb.Tests.Unit.Server;

public sealed class HeapKeeperTests
{
    [Theory]
    [InlineData("a small heap is left alone", 120, 0, 0.1, false)]
    [InlineData("a large one is collected when it is quiet", 335, 0, 0.1, true)]
    [InlineData("and not while something is under way", 335, 0, 2, false)]
    [InlineData("nor again before it has grown", 240, 200, 0.1, false)]
    [InlineData("as after many more changes", 260, 200, 0.1, true)]
    public void Memory_is_given_back_when_it_is_quiet(string why, long heapMiB, long leftMiB, double busySeconds, bool isTime)
    {
        const long MiB = 1024 * 1024;
        Assert.True(
            isTime == HeapKeeper.IsTime(
                heapMiB * MiB, leftMiB * MiB, TimeSpan.FromSeconds(busySeconds), since: TimeSpan.FromSeconds(5)),
            why);
    }
}
