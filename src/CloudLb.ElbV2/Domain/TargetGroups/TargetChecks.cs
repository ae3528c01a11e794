using System.Net;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Targets;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// What may be a target of a group: <see cref="TargetRules"/>, and <see cref="LoadBalancerTargets"/>. Asked when a target is registered,
/// when a health check names another port, and at every plan.
/// </summary>
public sealed class TargetChecks(TargetRules rules, IResourceStore store, IInventory inventory)
{
    /// <summary>Why a target gets no traffic and no check; null when it may. Answers from memory.</summary>
    public TargetFault? WhyLeftOut(TargetGroup group, Target target) => WhyNot(store.Current, group, target);

    /// <summary>The targets as they are to be registered; one that may not be a target is InvalidTarget.</summary>
    public IReadOnlyCollection<Target> Check(Snapshot snapshot, TargetGroup group, IReadOnlyCollection<Target> targets)
    {
        foreach (var target in targets)
        {
            if (WhyNot(snapshot, group, target) is { } fault)
            {
                throw Errors.InvalidTarget.Because(
                    group.TargetType == TargetType.Ip
                        ? $"The IP address '{target.Id}' is not allowed: {fault.Reason}"
                        : $"The target '{target.Id}' is not allowed: {fault.Reason}");
            }
        }

        return targets;
    }

    /// <summary>The group as it is to become, unless a port that is new to its checks is one that may not be a target.</summary>
    public TargetGroup CheckPort(Snapshot snapshot, TargetGroup before, TargetGroup after)
    {
        if (after.HealthCheck.Port is not { } port || port == before.HealthCheck.Port || after.TargetType == TargetType.Alb)
        {
            return after;
        }

        foreach (var target in after.Targets)
        {
            if (rules.WhyNotPorts(snapshot, AddressOf(target), [port]) is { } fault)
            {
                throw Errors.InvalidConfigurationRequest.Because($"The target '{target.Id}' is registered, and {fault.Reason}");
            }
        }

        return after;
    }

    /// <summary>Where a target is now.</summary>
    public IPAddress AddressOf(Target target) => inventory.Known(target.Id)?.Address ?? target.Address;

    private TargetFault? WhyNot(Snapshot snapshot, TargetGroup group, Target target)
    {
        if (group.TargetType == TargetType.Alb)
        {
            return LoadBalancerTargets.WhyNot(snapshot, group, target);
        }

        IReadOnlyList<int> ports = group.HealthCheck.Port is { } port && port != target.Port ? [target.Port, port] : [target.Port];
        var known = group.TargetType == TargetType.Instance ? inventory.Known(target.Id) : null;
        return rules.WhyNot(snapshot, group.Arn.Account, ports, known, known?.Address ?? target.Address);
    }
}
