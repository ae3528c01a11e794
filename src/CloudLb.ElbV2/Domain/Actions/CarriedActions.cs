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

    private static string? WhyNot(ListenerAction action) => action switch
    {
        ForwardAction { IsSticky: true } => "The value 'true' of 'TargetGroupStickinessConfig.Enabled' is not supported",
        _ => null,
    };
}
