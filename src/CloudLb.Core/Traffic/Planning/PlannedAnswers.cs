namespace CloudLb.Core.Traffic.Planning;

/// <summary>The answers that load balancers of one style give by themselves, where no answer of a member is passed on.</summary>
/// <param name="Style">A short name of them, and another for others: lower-case letters and digits.</param>
/// <param name="Answers">In the order of their statuses; a status that is missing is the data plane's own.</param>
/// <param name="Server">What they say as Server, which comes with a Date then; null for neither.</param>
/// <param name="BreaksAre502">Whether 502 is told, and not 504, where a member ends its connection without an answer.</param>
public sealed record PlannedAnswers(string Style, EquatableArray<PlannedAnswer> Answers, string? Server = null, bool BreaksAre502 = false);
