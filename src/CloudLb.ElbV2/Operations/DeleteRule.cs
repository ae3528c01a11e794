using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Deletes a rule; one that is not there is RuleNotFound.</summary>
internal sealed class DeleteRule(IResourceStore store) : IOperation<DeleteRuleRequest, DeleteRuleResponse>
{
    public async Task<DeleteRuleResponse> ExecuteAsync(DeleteRuleRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.RuleArn, ArnKind.Rule);
        await store.ChangeAsync(
            snapshot => snapshot.With(ListenerCollection.Kind, snapshot.ListenerOf(arn).WithoutRule(arn)), cancellationToken);

        return new();
    }
}
