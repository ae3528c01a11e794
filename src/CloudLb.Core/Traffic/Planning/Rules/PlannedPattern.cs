namespace CloudLb.Core.Traffic.Planning;

/// <summary>What a whole text must be like.</summary>
/// <param name="Text">With <c>*</c> for any characters and <c>?</c> for one; or a regular expression.</param>
/// <param name="IsExpression">Which of the two it is.</param>
public sealed record PlannedPattern(string Text, bool IsExpression = false);
