namespace CloudLb.Core.Traffic.Status;

/// <summary>How a check of an instance ended.</summary>
/// <param name="Outcome">What that means.</param>
/// <param name="Word">The data plane's own word for it, as it is shown to operators.</param>
/// <param name="Code">The status of an HTTP answer; null where there was none.</param>
/// <param name="Text">What the system or the instance said, as it came: an instance can put any characters here. Often empty.</param>
/// <param name="Duration">How long it took; null when that was not measured.</param>
public sealed record CheckAnswer(CheckOutcome Outcome, string Word, int? Code, string Text, TimeSpan? Duration)
{
    public bool HasPassed => Outcome == CheckOutcome.Passed;
}
