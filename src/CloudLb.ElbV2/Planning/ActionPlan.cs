using System.Globalization;
using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>What actions come to in the plan: the last of them decides.</summary>
internal static class ActionPlan
{
    /// <param name="actions">Of a rule.</param>
    /// <param name="loadBalancer">Whose it is.</param>
    /// <param name="rule">What that is called.</param>
    /// <param name="gates">What requests must show first.</param>
    public static PlannedAction Of(EquatableArray<ListenerAction> actions, LoadBalancer loadBalancer, Arn rule, GatePlan gates) =>
        Last(actions, loadBalancer) with { Gate = gates.Of(actions, rule) };

    private static PlannedAction Last(EquatableArray<ListenerAction> actions, LoadBalancer loadBalancer) => actions[^1] switch
    {
        ForwardAction forward => new PlannedAction.Forward(
            forward.TargetGroups.Select(group => new WeightedPool(PoolNames.Of(group.TargetGroup), group.Weight)).ToEquatableArray(),
            StickinessPlan.Of(forward, loadBalancer))
        {
            IsBySource = loadBalancer.Type == LoadBalancerType.Network && forward is { IsSticky: true, TargetGroups.Count: > 1 },
        },
        RedirectAction redirect => new PlannedAction.Redirect(
            redirect.StatusCode == "HTTP_301" ? 301 : 302, redirect.Protocol, redirect.Host, redirect.Port, redirect.Path, redirect.Query),
        FixedResponseAction response => new PlannedAction.FixedResponse(
            int.Parse(response.StatusCode, CultureInfo.InvariantCulture), response.ContentType ?? "text/plain",
            response.MessageBody ?? ""),
        _ => throw new ArgumentOutOfRangeException(nameof(actions)),
    };
}
