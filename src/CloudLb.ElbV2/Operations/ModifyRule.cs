using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using RuleTransform = CloudLb.ElbV2.Domain.RuleTransform;

namespace CloudLb.ElbV2.Operations;

/// <summary>Replaces the conditions, the actions or the transforms of a rule, each if it is given.</summary>
internal sealed class ModifyRule(IResourceStore store, Quotas quotas, ClientSecrets secrets)
    : IOperation<ModifyRuleRequest, ModifyRuleResponse>
{
    public async Task<ModifyRuleResponse> ExecuteAsync(ModifyRuleRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.RuleArn, ArnKind.Rule);
        if (request is { Transforms.Count: > 0, ResetTransforms: true })
        {
            throw CommonErrors.ValidationError.Because("You cannot specify both 'Transforms' and 'ResetTransforms'");
        }

        EquatableArray<RuleTransform>? transforms = request.Transforms is { Count: > 0 } || request.ResetTransforms == true
            ? request.Transforms.ToDomain()
            : null;
        var conditions = request.Conditions?.ToDomain(quotas);
        EquatableArray<ListenerAction>? actions = request.Actions is { } given
            ? given.ToDomain(caller, LoadBalancerType.Application, quotas, secrets.Sealing(arn.LoadBalancer))
            : null;
        var updated = await store.ChangeAsync(
            snapshot =>
            {
                var listener = snapshot.ListenerOf(arn).WithChangedRule(
                    arn,
                    rule => rule with
                    {
                        Conditions = conditions ?? rule.Conditions,
                        Actions = actions is { } asked ? secrets.Settle(arn.LoadBalancer, asked, rule.Actions) : rule.Actions,
                        Transforms = transforms ?? rule.Transforms,
                    });
                if (actions is { } changed)
                {
                    ActionChecks.Check(
                        snapshot, snapshot.V2LoadBalancers.Get(arn.LoadBalancer), listener, changed, quotas);
                    GroupStickiness.Check(snapshot, changed);
                }

                return (snapshot.With(ListenerCollection.Kind, listener), listener);
            },
            cancellationToken);

        return new() { Rules = [updated.RuleToWire(arn)] };
    }
}
