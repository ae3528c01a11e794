using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Health;

namespace CloudLb.Tests.Unit.ElbV2;

public sealed class AnomalyJudgeTests
{
    private readonly AnomalyJudge _judge = new();
    private readonly Dictionary<TargetId, RequestCount> _totals = [];

    [Theory]
    [InlineData("100/0 100/0 100/50", "2")]
    [InlineData("100/0 100/0 100/10", "2")]
    [InlineData("100/0 100/0 100/9", "")]
    [InlineData("100/20 100/20 100/40", "")]
    [InlineData("100/10 100/10 100/40", "2")]
    [InlineData("100/0 100/90 100/90", "")]
    [InlineData("100/100 100/100 100/100", "")]
    [InlineData("100/0 100/0 9/9", "")]
    [InlineData("0/0 0/0 100/100", "")]
    [InlineData("0/0 0/0 0/0", "")]
    public void The_odd_one_is_who_fails_a_tenth_and_three_times_as_much_as_the_others(string counts, string odd)
    {
        Look("0/0 0/0 0/0");

        Assert.Equal(odd, Look(counts));
    }

    [Fact]
    public void It_is_normal_again_after_three_looks_without_more_failures_than_the_others_or_a_minute_without_requests()
    {
        Look("0/0 0/0 0/0");
        Assert.Equal("2", Look("100/0 100/0 100/100"));
        Assert.Equal(
            ["2", "2", "2", ""], Enumerable.Range(0, 4).Select(look => Look(look == 0 ? "100/0 100/0 10/10" : "100/0 100/0 10/0")));

        Assert.Equal("2", Look("100/0 100/0 100/100"));
        Assert.Equal(["2", "2", "2", "2", "2", ""], Enumerable.Range(0, 6).Select(_ => Look("100/0 100/0 0/0")));
    }

    [Fact]
    public void A_count_that_has_begun_anew_and_a_target_that_is_gone_are_no_failures()
    {
        Look("1000/1000 1000/0 1000/0");
        _totals.Clear();

        Assert.Equal("", Look("50/0 50/0 50/0"));
        Assert.Equal("0", Look("50/50 50/0 50/0"));
        _totals.Remove(Id(0));
        Assert.Equal("", Text(_judge.Judge(_totals)));
        Assert.Equal("", Look("50/0 50/0 50/0"));
    }

    /// <summary>What each target has had since the last look: requests, and those that failed.</summary>
    private string Look(string counts)
    {
        foreach (var (index, text) in counts.Split(' ').Index())
        {
            var pair = text.Split('/').Select(long.Parse).ToArray();
            _totals[Id(index)] = _totals.GetValueOrDefault(Id(index)) + new RequestCount(pair[0], pair[1]);
        }

        return Text(_judge.Judge(_totals));
    }

    private static string Text(IReadOnlySet<TargetId> odd) => string.Join(' ', odd.Select(id => id.Id).Order());

    private static TargetId Id(int index) => new($"{index}", 80);
}
