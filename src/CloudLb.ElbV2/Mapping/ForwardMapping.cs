using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Forwards: to one group by its ARN, to several with weights, or in both shapes if they agree.</summary>
internal static class ForwardMapping
{
    private const int MaximumWeight = 999;
    private const int LongestStickiness = 604800;

    public static ForwardAction ToDomain(Wire.Action action, Caller caller, LoadBalancerType type, Quotas quotas)
    {
        IReadOnlyList<Wire.TargetGroupTuple> listed = action.ForwardConfig?.TargetGroups ?? [];
        if (action.TargetGroupArn is null && listed.Count == 0)
        {
            throw Invalid("For actions of type 'forward', you must specify the following fields: 'TargetGroupArn or ForwardConfig'");
        }

        if (action.TargetGroupArn is { } top && listed.Count > 0 && (listed.Count > 1 || listed[0].TargetGroupArn != top))
        {
            throw Invalid("You can specify both a target group list and a top-level target group ARN only if the ARNs match");
        }

        var stickiness = action.ForwardConfig?.TargetGroupStickinessConfig;
        CheckStickiness(stickiness, type);
        return new()
        {
            TargetGroups = listed.Count == 0
                ? [new(ArnOf(caller, action.TargetGroupArn), 1)]
                : Weighted(listed, caller, quotas),
            IsSticky = stickiness?.Enabled ?? false,
            StickinessSeconds = stickiness?.DurationSeconds,
        };
    }

    /// <summary>One group is shown in both shapes; a network load balancer's only one without a weight that says nothing.</summary>
    public static Wire.Action ToWire(ForwardAction forward, LoadBalancerType type) => new()
    {
        Type = "forward",
        Order = forward.Order,
        TargetGroupArn = forward.TargetGroups is [var only] ? only.TargetGroup.ToString() : null,
        ForwardConfig = new()
        {
            TargetGroups =
            [
                .. forward.TargetGroups.Select(group => new Wire.TargetGroupTuple
                {
                    TargetGroupArn = group.TargetGroup.ToString(),
                    Weight = type == LoadBalancerType.Network && forward.TargetGroups is [{ Weight: 1 }] ? null : group.Weight,
                }),
            ],
            TargetGroupStickinessConfig = new() { Enabled = forward.IsSticky, DurationSeconds = forward.StickinessSeconds },
        },
    };

    private static EquatableArray<WeightedTargetGroup> Weighted(
        IReadOnlyList<Wire.TargetGroupTuple> listed, Caller caller, Quotas quotas)
    {
        if (listed.Count > quotas.TargetGroupsPerAction)
        {
            throw Invalid($"You cannot specify more than {quotas.TargetGroupsPerAction} target groups per action");
        }

        var weighted = listed.Select(group => new WeightedTargetGroup(ArnOf(caller, group.TargetGroupArn), WeightOf(group, listed.Count)))
            .ToEquatableArray();
        return weighted.DistinctBy(group => group.TargetGroup).Count() == weighted.Count
            ? weighted
            : throw Invalid("A target group can be specified only once per action");
    }

    private static int WeightOf(Wire.TargetGroupTuple group, int count) => (group.Weight, count) switch
    {
        (null, 1) => 1,
        ( >= 1 and <= MaximumWeight and var weight, 1) => weight,
        (_, 1) => throw Invalid($"The weight for the target group must be between 1 and {MaximumWeight}, inclusive"),
        ( >= 0 and <= MaximumWeight and var weight, _) => weight,
        _ => throw Invalid($"The weight for each target group must be between 0 and {MaximumWeight}, inclusive"),
    };

    private static void CheckStickiness(Wire.TargetGroupStickinessConfig? stickiness, LoadBalancerType type)
    {
        if (stickiness is null)
        {
            return;
        }

        if (type == LoadBalancerType.Network)
        {
            if (stickiness.DurationSeconds is not null)
            {
                throw Invalid("Target group stickiness duration cannot be configured on load balancers of type 'network'");
            }

            return;
        }

        if (stickiness is { Enabled: true, DurationSeconds: null })
        {
            throw Invalid("You must provide a duration when enabling target group stickiness");
        }

        if (stickiness.DurationSeconds is < 1 or > LongestStickiness)
        {
            throw Invalid($"Target group stickiness duration must be between 1 and {LongestStickiness} seconds");
        }
    }

    /// <summary>One that is another account's, or in another region, is not found as one that was never there.</summary>
    private static Arn ArnOf(Caller caller, string? text)
    {
        if (text is null || !Arn.TryParse(text, out var arn) || arn.Kind != ArnKind.TargetGroup)
        {
            throw Invalid($"'{ResourceNames.Cut(text ?? "")}' is not a valid target group ARN");
        }

        return arn.Account == caller.AccountId() && arn.Region == caller.Region
            ? arn
            : throw Errors.TargetGroupNotFound.Because($"Target groups '{arn}' not found");
    }

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
