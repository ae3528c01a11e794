using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>Holds actions against the resources that they name.</summary>
internal static class ActionChecks
{
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="loadBalancer">Whose listener it is.</param>
    /// <param name="listener">The listener as it is to be.</param>
    /// <param name="actions">The actions.</param>
    /// <param name="quotas">How many groups and targets a load balancer may have.</param>
    public static void Check(
        Snapshot snapshot, LoadBalancer loadBalancer, Listener listener, EquatableArray<ListenerAction> actions, Quotas quotas)
    {
        if (listener.Protocol == Protocol.HTTPS && actions.OfType<RedirectAction>().Any(redirect => redirect.Protocol == "HTTP"))
        {
            throw CommonErrors.ValidationError.Because("You cannot redirect HTTPS to HTTP.");
        }

        if (listener.Protocol != Protocol.HTTPS && actions.FirstOrDefault(action => action.IsGate) is { } gate)
        {
            throw Errors.InvalidLoadBalancerAction.Because($"Actions of type '{TypeOf(gate)}' are supported only on HTTPS listeners");
        }

        var groups = actions.TargetGroups().Distinct().Select(snapshot.TargetGroups.Named).ToList();
        Refuse(
            groups.Where(group => !listener.Protocol.CanForwardTo(group.Protocol)), Errors.IncompatibleProtocols,
            "The listener and the following target groups have incompatible protocols");
        if (listener.Protocol == Protocol.HTTP
            && groups.FirstOrDefault(group => group.ProtocolVersion != ProtocolVersion.HTTP1) is { ProtocolVersion: var version })
        {
            throw Errors.InvalidConfigurationRequest.Because(
                $"Listener protocol 'HTTP' is not supported with a target group with the protocol-version '{version}'");
        }

        if (listener.Tls?.AlpnPolicy is { } alpn and not "None" && groups.Any(group => group.Protocol == Protocol.TLS))
        {
            throw NotCarried.Because("AlpnPolicy", alpn);
        }

        loadBalancer.EnsureFits(groups);
        Refuse(
            groups.Where(group => group.VpcId != loadBalancer.VpcId), Errors.InvalidConfigurationRequest,
            $"The following target groups are in a different VPC than load balancer '{loadBalancer.Arn}'");
        Refuse(
            groups.Where(group => snapshot.LoadBalancerOf(group.Arn) is { } other && other != loadBalancer.Arn),
            Errors.TargetGroupAssociationLimit,
            "The following target groups cannot be associated with more than one load balancer");
        CheckLimits(snapshot, loadBalancer, groups, quotas);
    }

    private static string TypeOf(ListenerAction action) => action switch
    {
        JwtValidationAction => "jwt-validation",
        AuthenticateOidcAction => "authenticate-oidc",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static void CheckLimits(Snapshot snapshot, LoadBalancer loadBalancer, List<TargetGroup> groups, Quotas quotas)
    {
        var before = snapshot.Listeners.Of(loadBalancer.Arn).After(null).SelectMany(listener => listener.TargetGroups).ToHashSet();
        var all = before.Union(groups.Select(group => group.Arn)).ToList();
        if (all.Count > before.Count && all.Count > quotas.TargetGroupsPerLoadBalancer)
        {
            throw Errors.TooManyUniqueTargetGroupsPerLoadBalancer.Because(
                "You have reached the maximum number of unique target groups that you can associate with a load balancer of type " +
                $"'{(loadBalancer.Type == LoadBalancerType.Network ? "network" : "application")}': " +
                $"[{quotas.TargetGroupsPerLoadBalancer}]");
        }

        var quota = loadBalancer.Type == LoadBalancerType.Network
            ? quotas.TargetsPerNetworkLoadBalancer
            : quotas.TargetsPerApplicationLoadBalancer;
        if (all.Count > before.Count && all.Sum(arn => snapshot.TargetGroups.Find(arn)?.Targets.Count ?? 0) > quota)
        {
            throw Errors.TooManyTargets.Because(
                $"The maximum number of targets per load balancer '{quota}' has been reached on load balancer '{loadBalancer.Arn}'");
        }
    }

    private static void Refuse(IEnumerable<TargetGroup> groups, ErrorContract error, string message)
    {
        if (string.Join(", ", groups.Select(group => group.Arn)) is { Length: > 0 } arns)
        {
            throw error.Because($"{message}: {arns}");
        }
    }
}
