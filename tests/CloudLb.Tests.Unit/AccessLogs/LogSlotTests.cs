using CloudLb.HAProxy.Configuration;

namespace CloudLb.Tests.Unit.AccessLogs;

public sealed class LogSlotTests
{
    [Fact]
    public void Each_thread_has_a_file_of_its_own_as_far_as_a_shell_can_open_them()
    {
        Assert.Equal([3, 4], LogSlot.All(2).Select(slot => slot.Descriptor));
        Assert.Equal([3, 4, 5, 6, 7, 8, 9], LogSlot.All(64).Select(slot => slot.Descriptor));
    }
}
