using CloudLb.Core;
using CloudLb.Core.KeySets;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What requests must show before an action, in the plan's words.</summary>
/// <param name="keySets">The keys of tokens.</param>
internal sealed class GatePlan(IKeySets keySets)
{
    /// <summary>Another number whenever a plan may have become another by the keys.</summary>
    public long Version => keySets.Version;

    /// <summary>Null where they need not show anything.</summary>
    public PlannedGate? Of(EquatableArray<ListenerAction> actions, LoadBalancer loadBalancer) =>
        actions.OfType<JwtValidationAction>().FirstOrDefault() is { } action
            ? new PlannedGate.BearerToken(
                action.Issuer, action.AdditionalClaims.Select(Claim).ToEquatableArray(),
                keySets.Find(new(loadBalancer.Arn.Account, action.JwksEndpoint)).Keys)
            : null;

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
