using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Applied;

/// <summary>What requests must show, from the plan to what is written, and back.</summary>
internal static class AppliedGateMapping
{
    public static AppliedGate ToApplied(this PlannedGate gate) => gate switch
    {
        PlannedGate.BearerToken(var issuer, var claims, var keys) => new()
        {
            BearerToken = new(
                issuer, [.. claims.Select(claim => new AppliedClaim(claim.Name, (AppliedClaimForm)claim.Form, [.. claim.Values]))],
                [.. keys.Select(key => new AppliedTokenKey(key.Id, key.Pem))]),
        },
        PlannedGate.Session(var loadBalancer, var id, var key, var cookie, var without) =>
            new() { Session = new(loadBalancer, id, key, cookie, (AppliedWithoutSession)without) },
        _ => throw new ArgumentOutOfRangeException(nameof(gate), gate, "Nothing to show of this version."),
    };

    public static PlannedGate ToPlan(this AppliedGate gate) => gate switch
    {
        { BearerToken: { } token } => new PlannedGate.BearerToken(
            token.Issuer,
            token.Claims.Select(claim => new PlannedClaim(claim.Name, (ClaimForm)claim.Form, claim.Values.ToEquatableArray()))
                .ToEquatableArray(),
            token.Keys.Select(key => new PlannedKey(key.Id, key.Pem)).ToEquatableArray()),
        { Session: var (loadBalancer, id, key, cookie, without) } =>
            new PlannedGate.Session(loadBalancer, id, key, cookie, (WithoutSession)without),
        _ => throw new ArgumentException("Nothing is to be shown.", nameof(gate)),
    };
}
