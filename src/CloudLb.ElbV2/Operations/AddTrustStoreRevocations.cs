using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Buckets;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Adds files of revocation lists to a trust store: all of them or, on an error, none.</summary>
internal sealed class AddTrustStoreRevocations(IResourceStore store, StoredFiles files, Quotas quotas)
    : IOperation<AddTrustStoreRevocationsRequest, AddTrustStoreRevocationsResponse>
{
    public async Task<AddTrustStoreRevocationsResponse> ExecuteAsync(
        AddTrustStoreRevocationsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.TrustStoreArn, ArnKind.TrustStore);
        var trustStore = store.Current.TrustStores.Get(arn);
        var places = Places(request.RevocationContents);
        RevocationChecks.CheckCounts(store.Current, trustStore, [.. places.Select(_ => new RevocationFile([], 0))], quotas);
        var read = new List<RevocationFile>();
        foreach (var place in places)
        {
            read.Add(await files.ReadRevocationsAsync(arn.Account, place, cancellationToken));
            RevocationChecks.CheckCounts(store.Current, trustStore, read, quotas);
        }

        RevocationChecks.CheckAuthorities(trustStore.Authorities, read.Select(file => file.Lists));
        var added = await store.ChangeAsync(
            snapshot =>
            {
                var changed = snapshot.TrustStores.Get(arn);
                RevocationChecks.CheckCounts(snapshot, changed, read, quotas);
                var revocations = read.Select((file, index) => new Revocation
                {
                    TrustStore = arn,
                    Id = changed.LastRevocationId + 1 + index,
                    Entries = file.Entries,
                    Lists = file.Lists,
                    ContentId = file.ContentId,
                }).ToList();
                var next = snapshot.With(TrustStoreCollection.Kind, changed with { LastRevocationId = revocations[^1].Id });
                return (
                    revocations.Aggregate(next, (all, revocation) => all.With(RevocationCollection.Kind, revocation)),
                    revocations);
            },
            cancellationToken);

        return new() { TrustStoreRevocations = [.. added.Select(revocation => revocation.ToAdded())] };
    }

    private static List<ObjectPlace> Places(IReadOnlyList<RevocationContent>? contents)
    {
        if (contents is not { Count: > 0 })
        {
            throw CommonErrors.ValidationError.Because("Revocation contents must be specified");
        }

        return [.. contents.Select(content => content is { S3Bucket: { Length: > 0 } bucket, S3Key: { Length: > 0 } key }
            ? new ObjectPlace(bucket, key, content.S3ObjectVersion)
            : throw CommonErrors.ValidationError.Because("The bucket and the key of revocation contents must be specified"))];
    }
}
