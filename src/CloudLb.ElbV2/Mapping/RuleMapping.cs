using System.Globalization;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Rules as the API shows them, the default one as one of them.</summary>
internal static class RuleMapping
{
    public static Wire.Rule ToWire(this Rule rule) => new()
    {
        RuleArn = rule.Arn.ToString(),
        Priority = rule.Priority.ToString(CultureInfo.InvariantCulture),
        Conditions = [.. rule.Conditions.Select(ConditionMapping.ToWire)],
        Actions = rule.Actions.ToWire(LoadBalancerType.Application),
        IsDefault = false,
        Transforms = rule.Transforms.Count > 0 ? rule.Transforms.ToWire() : null,
    };

    public static Wire.Rule DefaultRuleToWire(this Listener listener) => new()
    {
        RuleArn = listener.DefaultRule.ToString(),
        Priority = "default",
        Conditions = [],
        Actions = listener.DefaultActions.ToWire(listener.LoadBalancerType),
        IsDefault = true,
    };

    /// <summary>One rule of a listener; AWS's error when there is none.</summary>
    public static Wire.Rule RuleToWire(this Listener listener, Arn rule) =>
        rule == listener.DefaultRule ? listener.DefaultRuleToWire() : listener.Get(rule).ToWire();
}
