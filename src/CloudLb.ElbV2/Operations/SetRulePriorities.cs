using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Gives rules other priorities, all at once or none.</summary>
internal sealed class SetRulePriorities(IResourceStore store) : IOperation<SetRulePrioritiesRequest, SetRulePrioritiesResponse>
{
    public async Task<SetRulePrioritiesResponse> ExecuteAsync(
        SetRulePrioritiesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var given = new Dictionary<Arn, int>();
        foreach (var pair in request.RulePriorities)
        {
            if (pair.Priority is not { } priority)
            {
                throw CommonErrors.ValidationError.Because("A priority must be specified for each rule");
            }

            if (!given.TryAdd(caller.Arn(pair.RuleArn ?? "", ArnKind.Rule), priority))
            {
                throw CommonErrors.ValidationError.Because($"The rule '{pair.RuleArn}' has been specified more than once");
            }
        }

        if (given.Count == 0)
        {
            throw CommonErrors.ValidationError.Because("At least one rule priority must be specified");
        }

        var after = await store.ChangeAsync(
            snapshot =>
            {
                foreach (var ofListener in given.GroupBy(pair => pair.Key.Listener))
                {
                    snapshot = snapshot.With(
                        ListenerCollection.Kind,
                        snapshot.ListenerOf(ofListener.First().Key).WithPriorities(ofListener.ToDictionary()));
                }

                return (snapshot, snapshot);
            },
            cancellationToken);

        return new() { Rules = [.. given.Keys.Select(arn => after.ListenerOf(arn).RuleToWire(arn))] };
    }
}
