using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Status;

namespace CloudLb.Tests.Unit.Operator;

/// <summary>HAProxy's count and words of checks, in neutral ones.</summary>
public sealed class CheckCountTests
{
    // 2 failures take out, 3 passes bring back.
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 2, 0)]
    public void Passes_and_failures_in_a_row_follow_from_the_count(int count, int passes, int failures) =>
        Assert.Equal((passes, failures), (new CheckCount(count, 3, 2).PassesInARow, new CheckCount(count, 3, 2).FailuresInARow));

    [Theory]
    [InlineData("L4OK", CheckOutcome.Passed)]
    [InlineData("L6OK", CheckOutcome.Passed)]
    [InlineData("L7OK", CheckOutcome.Passed)]
    [InlineData("L7OKC", CheckOutcome.Passed)]
    [InlineData("L4CON", CheckOutcome.NotConnected)]
    [InlineData("L4TOUT", CheckOutcome.ConnectTimeout)]
    [InlineData("L6TOUT", CheckOutcome.HandshakeTimeout)]
    [InlineData("L6RSP", CheckOutcome.HandshakeFailed)]
    [InlineData("L7TOUT", CheckOutcome.AnswerTimeout)]
    [InlineData("L7RSP", CheckOutcome.NotHttp)]
    [InlineData("L7STS", CheckOutcome.WrongStatus)]
    [InlineData("SOCKERR", CheckOutcome.ConnectionBroken)]
    [InlineData("PROCERR", CheckOutcome.Other)]
    public void Each_word_has_its_outcome_and_is_kept(string word, CheckOutcome outcome)
    {
        var answer = CheckWords.Answer(word);

        Assert.Equal((outcome, word, outcome == CheckOutcome.Passed), (answer.Outcome, answer.Word, answer.HasPassed));
    }
}
