namespace CloudLb.Core.Traffic.Planning;

/// <summary>What a request must show before an action is taken.</summary>
public abstract record PlannedGate
{
    private PlannedGate()
    {
    }

    /// <summary>
    /// A JSON web token in <c>Authorization: Bearer</c>, signed with RS256 by one of some keys, of this issuer, and in force. Without it
    /// the answer is 401.
    /// </summary>
    /// <param name="Issuer">What the claim <c>iss</c> must be.</param>
    /// <param name="Claims">What else must be in it.</param>
    /// <param name="Keys">Whose signatures are taken; none where no key is known.</param>
    public sealed record BearerToken(string Issuer, EquatableArray<PlannedClaim> Claims, EquatableArray<PlannedKey> Keys) : PlannedGate;
}
