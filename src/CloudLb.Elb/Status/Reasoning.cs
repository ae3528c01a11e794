using CloudLb.Core.Traffic.Told;

namespace CloudLb.Elb.Status;

/// <summary>An answer to why an instance is in service or not, and what it follows from.</summary>
/// <param name="IsInService">Takes new requests.</param>
/// <param name="Cause">What decides, in one word.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Reasons">What it follows from, the deciding first.</param>
/// <param name="Advice">What can be done.</param>
internal sealed record Reasoning(
    bool IsInService, ToldCause Cause, string Summary, IReadOnlyList<string> Reasons, IReadOnlyList<string> Advice)
{
    public Reasoning Because(params IEnumerable<string> more) => this with { Reasons = [.. Reasons, .. more] };

    public Reasoning Advising(params IEnumerable<string?> more) => this with { Advice = [.. Advice, .. more.OfType<string>()] };

    public static Reasoning InService(string summary) => new(true, ToldCause.InService, summary, [], []);

    public static Reasoning Not(ToldCause cause, string summary) => new(false, cause, summary, [], []);
}
