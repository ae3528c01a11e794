using CloudLb.Core.Traffic.Reconciliation;

namespace CloudLb.Tests.Unit.Reconciliation;

public sealed class BackoffTests
{
    [Fact]
    public void Each_wait_is_twice_the_one_before_up_to_the_longest_and_a_success_begins_again()
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1));

        Assert.Equal([100, 200, 400, 800, 1000, 1000], Enumerable.Range(0, 6).Select(_ => backoff.Next().TotalMilliseconds));
        backoff.Reset();
        Assert.Equal([100, 200], Enumerable.Range(0, 2).Select(_ => backoff.Next().TotalMilliseconds));
    }

    [Fact]
    public void Failures_without_end_do_not_overflow()
    {
        var backoff = new Backoff(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10));

        Assert.Equal(TimeSpan.FromSeconds(10), Enumerable.Range(0, 100_000).Select(_ => backoff.Next()).ToList()[^1]);
    }
}
