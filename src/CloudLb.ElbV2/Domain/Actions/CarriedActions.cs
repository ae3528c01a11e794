using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>Which actions have an effect: what the data plane is not given yet is refused, and never kept without one.</summary>
internal static class CarriedActions
{
    public static EquatableArray<ListenerAction> Check(EquatableArray<ListenerAction> actions)
    {
        foreach (var action in actions)
        {
            if (WhyNot(action) is { } reason)
            {
                throw Errors.InvalidLoadBalancerAction.Because(reason);
            }
        }

        return actions;
    }

    /// <summary>As <see cref="Check"/>, of a rule that is not the default one: the data plane is given none yet.</summary>
    public static EquatableArray<ListenerAction> CheckOfRule(EquatableArray<ListenerAction> actions) => Check(actions).Count > 0
        ? throw Errors.InvalidConfigurationRequest.Because("Rules beside the default one are not supported")
        : actions;

    private static string? WhyNot(ListenerAction action) => action switch
    {
        RedirectAction => "The action type 'redirect' is not supported",
        FixedResponseAction => "The action type 'fixed-response' is not supported",
        ForwardAction { TargetGroups.Count: > 1 } => "More than one target group in 'ForwardConfig' is not supported",
        ForwardAction { IsSticky: true } => "The value 'true' of 'TargetGroupStickinessConfig.Enabled' is not supported",
        _ => null,
    };
}
