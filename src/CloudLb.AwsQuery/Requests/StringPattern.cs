using System.Text.RegularExpressions;

namespace CloudLb.AwsQuery.Requests;

/// <summary>A pattern of the model.</summary>
/// <param name="Text">As the model spells it, for the error message.</param>
/// <param name="Regex">Matches whole values only: anchored with <c>\A</c> and <c>\z</c>, since <c>$</c> lets a trailing newline through.</param>
public sealed record StringPattern(string Text, Regex Regex);
