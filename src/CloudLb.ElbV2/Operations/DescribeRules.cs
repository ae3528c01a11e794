using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using Listener = CloudLb.ElbV2.Domain.Listener;
using WireRule = CloudLb.ElbV2.Contracts.Rule;

namespace CloudLb.ElbV2.Operations;

/// <summary>Describes the rules named, or those of a listener in the order of their priorities, the default one last.</summary>
internal sealed class DescribeRules(IResourceStore store) : IOperation<DescribeRulesRequest, DescribeRulesResponse>
{
    /// <summary>Behind every priority.</summary>
    private const string Last = "default";

    public Task<DescribeRulesResponse> ExecuteAsync(DescribeRulesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var page = (request.ListenerArn, request.RuleArns) switch
        {
            ({ }, { Count: > 0 }) => throw CommonErrors.ValidationError.Because(
                "A listener ARN and rule ARNs cannot be specified at the same time"),
            (_, { Count: > 0 } arns) => new Page<WireRule>(
                [
                    .. arns.Distinct().Select(text => caller.Arn(text, ArnKind.Rule))
                        .Select(arn => snapshot.ListenerOf(arn).RuleToWire(arn)),
                ],
                null),
            ({ } listener, _) => OfListener(snapshot.Listeners.Get(caller.Arn(listener, ArnKind.Listener)), request),
            _ => throw CommonErrors.ValidationError.Because("You must specify either listener rule ARNs or a listener ARN"),
        };
        return Task.FromResult(new DescribeRulesResponse { Rules = page.Items, NextMarker = page.NextMarker });
    }

    private static Page<WireRule> OfListener(Listener listener, DescribeRulesRequest request)
    {
        var page = Page.Of(
            listener.Rules.Select(rule => (Order: $"{rule.Priority:D5}", Rule: rule.ToWire()))
                .Append((Order: Last, Rule: listener.DefaultRuleToWire())),
            entry => entry.Order, request.Marker, request.PageSize);
        return new([.. page.Items.Select(entry => entry.Rule)], page.NextMarker);
    }
}
