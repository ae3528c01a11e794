using CloudLb.HAProxy.Cells;

namespace CloudLb.Tests.Unit.Health;

public sealed class PollPaceTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 5)]
    [InlineData(40, 5)]
    [InlineData(80, 10)]
    [InlineData(10_000, 30)]
    public void Many_cells_are_looked_at_less_often(int cells, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PollPace.Of(TimeSpan.FromSeconds(5), cells));
}
