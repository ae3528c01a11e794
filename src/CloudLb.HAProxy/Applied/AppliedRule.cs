namespace CloudLb.HAProxy.Applied;

/// <summary>One rule of a listener, in the form of <see cref="AppliedLoadBalancer"/>.</summary>
internal sealed record AppliedRule(int Priority, AppliedCondition[] Conditions, AppliedAction Action)
{
    /// <summary>Null for none.</summary>
    public AppliedRewrite[]? Rewrites { get; init; }
}

internal sealed record AppliedRewrite(bool IsOfHost, string Expression, string Replacement);

internal sealed record AppliedCondition(AppliedField Field, string[] Values)
{
    /// <summary>Whether the values are regular expressions.</summary>
    public bool AreExpressions { get; init; }

    /// <summary>Of a header.</summary>
    public string? Name { get; init; }

    /// <summary>Of pairs of a query, beside <see cref="Values"/>; an empty one for any key, as AWS has no empty key.</summary>
    public string[]? Keys { get; init; }
}

internal sealed record AppliedAction
{
    /// <summary>Null where the load balancer answers by itself.</summary>
    public AppliedShare[]? Pools { get; init; }

    /// <summary>Null where clients do not stay with one of them.</summary>
    public AppliedPoolStickiness? Stickiness { get; init; }

    /// <summary>Whether clients stay with one of them by their addresses.</summary>
    public bool IsBySource { get; init; }

    public AppliedRedirect? Redirect { get; init; }

    public AppliedFixedResponse? FixedResponse { get; init; }

    /// <summary>Null for none.</summary>
    public AppliedGate? Gate { get; init; }
}

internal sealed record AppliedShare(string Pool, int Weight);

internal sealed record AppliedPoolStickiness(string Key, string Cookie, string CrossSiteCookie, long PeriodSeconds);

internal sealed record AppliedRedirect(int Status, string Protocol, string Host, string Port, string Path, string Query);

internal sealed record AppliedFixedResponse(int Status, string ContentType, string Body);

internal sealed record AppliedGate
{
    public AppliedBearerToken? BearerToken { get; init; }

    public AppliedSession? Session { get; init; }
}

internal sealed record AppliedSession(string LoadBalancer, string Id, string Key, string Cookie, AppliedWithoutSession Without);

internal enum AppliedWithoutSession
{
    SignIn = 0,
    Refuse = 1,
    LetThrough = 2,
}

internal sealed record AppliedBearerToken(string Issuer, AppliedClaim[] Claims, AppliedTokenKey[] Keys);

internal sealed record AppliedClaim(string Name, AppliedClaimForm Form, string[] Values);

internal sealed record AppliedTokenKey(string? Id, string Pem);

internal enum AppliedClaimForm
{
    Text = 0,
    Words = 1,
    List = 2,
}

internal enum AppliedField
{
    Host = 0,
    Path = 1,
    Header = 2,
    Method = 3,
    Query = 4,
    Source = 5,
}
