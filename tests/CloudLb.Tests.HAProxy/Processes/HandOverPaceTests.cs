using CloudLb.HAProxy.Cells;

namespace CloudLb.Tests.HAProxy;

/// <summary>How long the next hand-over is put off.</summary>
public class HandOverPaceTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(0.1);

    private readonly TestClock _clock = new();
    private readonly HandOverPace _pace;

    public HandOverPaceTests()
    {
        _clock.StopAt(_clock.GetUtcNow());
        _pace = new(_clock);
    }

    [Fact]
    public void The_first_change_after_a_quiet_time_is_not_put_off()
    {
        Assert.Equal(TimeSpan.Zero, _pace.Remaining);
        _pace.Took(Duration, oldProcesses: 0, isChanging: true);
        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, _pace.Remaining);
    }

    [Fact]
    public void Who_makes_one_load_balancer_after_the_other_and_looks_at_each_never_waits()
    {
        for (var number = 0; number < 50; number++)
        {
            Assert.Equal(TimeSpan.Zero, _pace.Remaining);
            Pass(Duration);
            _pace.Took(Duration, oldProcesses: 1, isChanging: false);
        }
    }

    [Fact]
    public void Under_constant_change_a_pause_is_as_long_as_the_hand_over()
    {
        _pace.Took(Duration, oldProcesses: 0, isChanging: true);
        Assert.Equal(Duration, _pace.Remaining);
    }

    [Theory]
    [InlineData(0.4, 0.4)]
    [InlineData(0.8, 0.5)]
    [InlineData(3, 1.5)]
    public void Where_hand_overs_take_long_the_pause_is_half_a_second_or_half_as_long(double duration, double pause)
    {
        _pace.Took(TimeSpan.FromSeconds(duration), oldProcesses: 0, isChanging: true);
        Assert.Equal(TimeSpan.FromSeconds(pause), _pace.Remaining);
    }

    [Fact]
    public void More_old_processes_make_it_longer_up_to_five_seconds()
    {
        _pace.Took(Duration, oldProcesses: 4, isChanging: true);
        Assert.Equal(2 * Duration, _pace.Remaining);
        _pace.Took(Duration, oldProcesses: 400, isChanging: true);
        Assert.Equal(TimeSpan.FromSeconds(5), _pace.Remaining);
    }

    private void Pass(TimeSpan time) => _clock.StopAt(_clock.GetUtcNow() + time);
}
