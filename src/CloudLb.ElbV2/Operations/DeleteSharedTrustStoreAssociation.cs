using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>
/// Refused as AWS does it for what belongs to the account itself: no trust store is shared between accounts, so that there is nothing else.
/// </summary>
internal sealed class DeleteSharedTrustStoreAssociation(IResourceStore store)
    : IOperation<DeleteSharedTrustStoreAssociationRequest, DeleteSharedTrustStoreAssociationResponse>
{
    public Task<DeleteSharedTrustStoreAssociationResponse> ExecuteAsync(
        DeleteSharedTrustStoreAssociationRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var trustStore = snapshot.TrustStores.Get(caller.Arn(request.TrustStoreArn, ArnKind.TrustStore));
        throw snapshot.LoadBalancersOf(trustStore.Arn).Any(arn => arn.ToString() == request.ResourceArn)
            ? Errors.DeleteAssociationSameAccount.Because("The specified association can't be within the same account")
            : Errors.AssociationNotFound.Because("The specified association does not exist");
    }
}
