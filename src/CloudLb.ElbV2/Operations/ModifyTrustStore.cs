using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Buckets;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Replaces the certificates of a trust store by those in a file; its revocations stay.</summary>
internal sealed class ModifyTrustStore(IResourceStore store, StoredFiles files)
    : IOperation<ModifyTrustStoreRequest, ModifyTrustStoreResponse>
{
    public async Task<ModifyTrustStoreResponse> ExecuteAsync(
        ModifyTrustStoreRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.TrustStoreArn, ArnKind.TrustStore);
        store.Current.TrustStores.Get(arn);
        var authorities = await files.ReadAuthoritiesAsync(
            arn.Account,
            new ObjectPlace(
                request.CaCertificatesBundleS3Bucket, request.CaCertificatesBundleS3Key, request.CaCertificatesBundleS3ObjectVersion),
            cancellationToken);
        RevocationChecks.CheckAuthorities(
            authorities.Text, store.Current.Revocations.Of(arn).After(null).Select(revocation => revocation.Lists));
        var (changed, after) = await store.ChangeAsync(
            snapshot =>
            {
                var trustStore = snapshot.TrustStores.Get(arn) with
                {
                    Authorities = authorities.Text, AuthorityCount = authorities.Count,
                };
                var next = snapshot.With(TrustStoreCollection.Kind, trustStore);
                return (next, (trustStore, next));
            },
            cancellationToken);

        return new() { TrustStores = [changed.ToWire(after)] };
    }
}
