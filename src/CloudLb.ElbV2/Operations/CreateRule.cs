using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using Rule = CloudLb.ElbV2.Domain.Rule;

namespace CloudLb.ElbV2.Operations;

/// <summary>Makes a rule of an application load balancer's listener. Made again it is refused, as its priority is in use.</summary>
internal sealed class CreateRule(IResourceStore store, Quotas quotas, ClientSecrets secrets)
    : IOperation<CreateRuleRequest, CreateRuleResponse>
{
    public async Task<CreateRuleResponse> ExecuteAsync(CreateRuleRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.ListenerArn, ArnKind.Listener);
        if (store.Current.Listeners.Get(arn).LoadBalancerType == LoadBalancerType.Network)
        {
            throw Errors.InvalidConfigurationRequest.Because("Rules are not supported for listeners of load balancers of type 'network'");
        }

        var rule = new Rule
        {
            Arn = arn.NewRule(),
            Priority = request.Priority,
            Conditions = request.Conditions.ToDomain(quotas),
            Actions = secrets.Settle(
                arn.LoadBalancer,
                request.Actions.ToDomain(caller, LoadBalancerType.Application, quotas, secrets.Sealing(arn.LoadBalancer)), before: []),
            Transforms = request.Transforms.ToDomain(),
            Tags = default(EquatableArray<Core.Resources.Tag>).With(request.Tags.ToDomain(), quotas),
        };
        await store.UpdateAsync(
            ListenerCollection.Kind, arn,
            (listener, snapshot) =>
            {
                var next = listener.WithRule(rule);
                if (snapshot.Listeners.Of(arn.LoadBalancer).After(null).Sum(each => each.Rules.Count) >= quotas.Rules)
                {
                    throw Errors.TooManyRules.Because(
                        $"The maximum number of rules on load balancer '{arn.LoadBalancer}' has been reached");
                }

                ActionChecks.Check(
                    snapshot, snapshot.V2LoadBalancers.Get(arn.LoadBalancer), next, rule.Actions, quotas);
                GroupStickiness.Check(snapshot, rule.Actions);
                return next;
            },
            cancellationToken);

        return new() { Rules = [rule.ToWire()] };
    }
}
