namespace CloudLb.Core.Expressions;

/// <summary>A text is no regular expression, or none that is carried.</summary>
/// <param name="message">What is wrong, as the end of a sentence that begins with the expression.</param>
public sealed class ExpressionException(string message) : Exception(message);
