using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>What a token must say besides.</summary>
/// <param name="Name">Of the claim.</param>
/// <param name="Format">AWS's word: <c>single-string</c>, <c>string-array</c> or <c>space-separated-values</c>.</param>
/// <param name="Values">In the order given.</param>
public sealed record AdditionalClaim(string Name, string Format, EquatableArray<string> Values);
