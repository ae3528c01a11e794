using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core;
using CloudLb.Core.Buckets;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;
using TrustStore = CloudLb.ElbV2.Domain.TrustStore;

namespace CloudLb.ElbV2.Operations;

/// <summary>Makes a trust store of the certificates in a file. Not repeatable: a name that there is is refused.</summary>
internal sealed class CreateTrustStore(IResourceStore store, StoredFiles files, Quotas quotas)
    : IOperation<CreateTrustStoreRequest, CreateTrustStoreResponse>
{
    public async Task<CreateTrustStoreResponse> ExecuteAsync(
        CreateTrustStoreRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var tags = default(EquatableArray<Core.Resources.Tag>).With(request.Tags.ToDomain(), quotas);
        var scope = caller.Scope();
        Check(store.Current, scope, request.Name);
        var authorities = await files.ReadAuthoritiesAsync(
            scope.Account,
            new ObjectPlace(
                request.CaCertificatesBundleS3Bucket, request.CaCertificatesBundleS3Key, request.CaCertificatesBundleS3ObjectVersion),
            cancellationToken);
        var made = new TrustStore
        {
            Arn = Arn.OfTrustStore(scope.Account, scope.Region, request.Name),
            Authorities = authorities.Text,
            AuthorityCount = authorities.Count,
            Tags = tags,
        };
        var after = await store.ChangeAsync(
            snapshot =>
            {
                Check(snapshot, scope, request.Name);
                var next = snapshot.With(TrustStoreCollection.Kind, made);
                return (next, next);
            },
            cancellationToken);

        return new() { TrustStores = [made.ToWire(after)] };
    }

    private void Check(Snapshot snapshot, Scope scope, string name)
    {
        var stores = snapshot.TrustStores.Of(scope);
        if (stores.Find(name) is not null)
        {
            throw Errors.DuplicateTrustStoreName.Because($"A trust store with the name '{name}' already exists");
        }

        if (stores.Count >= quotas.TrustStores)
        {
            throw Errors.TooManyTrustStores.Because($"The maximum number of trust stores has been reached: [{quotas.TrustStores}]");
        }
    }
}
