namespace CloudLb.Core.Traffic.Planning;

/// <summary>A change of a request before it is passed on.</summary>
/// <param name="Part">What is changed.</param>
/// <param name="Expression">A regular expression; what does not match is left as it is.</param>
/// <param name="Replacement">What the match becomes; <c>$1</c> to <c>$9</c> stand for its groups.</param>
public sealed record PlannedRewrite(RewrittenPart Part, string Expression, string Replacement);
