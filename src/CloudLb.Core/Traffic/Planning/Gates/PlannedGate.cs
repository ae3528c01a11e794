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

    /// <summary>
    /// A session, in cookies that CloudLb's server has given the client when a provider had told who that is. What is in it the member is
    /// told in headers.
    /// </summary>
    /// <param name="LoadBalancer">By which the server knows whose clients come back to it: letters, digits and hyphens.</param>
    /// <param name="Id">By which it knows what is asked for; the same.</param>
    /// <param name="Key">By which sessions are encrypted: 32 bytes in base64.</param>
    /// <param name="Cookie">A token; the names of the cookies are this, a hyphen, and 0 to 3.</param>
    /// <param name="Without">What becomes of a request that shows none.</param>
    public sealed record Session(string LoadBalancer, string Id, string Key, string Cookie, WithoutSession Without) : PlannedGate;
}
