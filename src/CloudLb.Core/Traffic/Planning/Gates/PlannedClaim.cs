namespace CloudLb.Core.Traffic.Planning;

/// <summary>What a token must say.</summary>
/// <param name="Name">Of the claim, at the top of the token.</param>
/// <param name="Form">How it says it.</param>
/// <param name="Values">All of them must be there: one of <see cref="ClaimForm.Text"/>.</param>
public sealed record PlannedClaim(string Name, ClaimForm Form, EquatableArray<string> Values);
