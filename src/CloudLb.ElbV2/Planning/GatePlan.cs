using CloudLb.Core;
using CloudLb.Core.KeySets;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What requests must show before an action, in the plan's words.</summary>
/// <param name="keySets">The keys of tokens.</param>
/// <param name="sessionKeys">The keys of sessions.</param>
internal sealed class GatePlan(IKeySets keySets, SessionKeys sessionKeys)
{
    /// <summary>Another number whenever a plan may have become another by the keys.</summary>
    public long Version => keySets.Version;

    /// <summary>Null where they need not show anything.</summary>
    /// <param name="actions">Of a rule.</param>
    /// <param name="rule">What that is called.</param>
    public PlannedGate? Of(EquatableArray<ListenerAction> actions, Arn rule) => actions.FirstOrDefault(action => action.IsGate) switch
    {
        JwtValidationAction jwt => new PlannedGate.BearerToken(
            jwt.Issuer, jwt.AdditionalClaims.Select(Claim).ToEquatableArray(), keySets.Find(new(rule.Account, jwt.JwksEndpoint)).Keys),
        AuthenticateOidcAction oidc => new PlannedGate.Session(
            rule.LoadBalancer.Id, SessionKeys.IdOf(rule), sessionKeys.Of(rule.LoadBalancer, oidc), oidc.SessionCookieName,
            oidc.OnUnauthenticatedRequest switch
            {
                "deny" => WithoutSession.Refuse,
                "allow" => WithoutSession.LetThrough,
                _ => WithoutSession.SignIn,
            }),
        _ => null,
    };

    /// <summary>
    /// What no client of the load balancer may send: its other rules may have the same targets, which could not tell who has said it.
    /// </summary>
    public static IEnumerable<string> ForgeableOf(IReadOnlyList<Listener> listeners) => listeners
        .Any(listener => listener.Rules.Select(rule => rule.Actions)
            .Append(listener.DefaultActions)
            .Any(actions => actions.Any(action => action is AuthenticateOidcAction)))
        ? ["X-Amzn-Oidc-Identity", "X-Amzn-Oidc-Accesstoken", "X-Amzn-Oidc-Data"]
        : [];

    private static PlannedClaim Claim(AdditionalClaim claim) => new(
        claim.Name,
        claim.Format switch
        {
            "string-array" => ClaimForm.List,
            "space-separated-values" => ClaimForm.Words,
            _ => ClaimForm.Text,
        },
        claim.Values);
}
