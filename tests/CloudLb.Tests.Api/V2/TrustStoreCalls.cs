using CloudLb.ElbV2.Contracts;
using CloudLb.Tests.Api.Certificates;

namespace CloudLb.Tests.Api.V2;

/// <summary>Calls about trust stores, and the files in buckets that they name.</summary>
internal sealed class TrustStoreCalls(SecureServer server)
{
    public const string Bucket = "trust";

    private static int _named;

    public static string NewName(string kind = "trust") => $"{kind}-{Interlocked.Increment(ref _named)}";

    /// <summary>Puts a file into the bucket and answers its key.</summary>
    public string Put(string text)
    {
        var key = $"{NewName("folder")}/file.pem";
        var path = Path.Combine(server.Directory.FullName, "access-logs", Bucket, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return key;
    }

    public async Task<TrustStore> CreateAsync(
        string authorities, string? name = null, string key = "AKIDEXAMPLE", params Tag[] tags) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateTrustStore,
        new()
        {
            Name = name ?? NewName(),
            CaCertificatesBundleS3Bucket = Bucket,
            CaCertificatesBundleS3Key = Put(authorities),
            Tags = tags.Length > 0 ? tags : null,
        },
        key)).TrustStores![0];

    public async Task<TrustStore> ModifyAsync(TrustStore store, string authorities) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.ModifyTrustStore,
        new()
        {
            TrustStoreArn = store.TrustStoreArn!, CaCertificatesBundleS3Bucket = Bucket, CaCertificatesBundleS3Key = Put(authorities),
        })).TrustStores![0];

    public async Task<IReadOnlyList<TrustStore>> DescribeAsync(DescribeTrustStoresRequest request, string key = "AKIDEXAMPLE") =>
        (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeTrustStores, request, key)).TrustStores!;

    public Task DeleteAsync(TrustStore store, string key = "AKIDEXAMPLE") => server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DeleteTrustStore,
        new() { TrustStoreArn = store.TrustStoreArn! }, key);

    public async Task<IReadOnlyList<TrustStoreRevocation>> RevokeAsync(TrustStore store, params string[] lists) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.AddTrustStoreRevocations,
        new()
        {
            TrustStoreArn = store.TrustStoreArn!,
            RevocationContents =
                [.. lists.Select(list => new RevocationContent { S3Bucket = Bucket, S3Key = Put(list), RevocationType = "CRL" })],
        })).TrustStoreRevocations!;

    public Task UnrevokeAsync(TrustStore store, params long[] ids) => server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.RemoveTrustStoreRevocations,
        new() { TrustStoreArn = store.TrustStoreArn!, RevocationIds = ids });

    public async Task<IReadOnlyList<DescribeTrustStoreRevocation>> RevocationsAsync(TrustStore store, params long[] ids) =>
        (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeTrustStoreRevocations,
            new() { TrustStoreArn = store.TrustStoreArn!, RevocationIds = ids.Length > 0 ? ids : null })).TrustStoreRevocations!;

    public async Task<IEnumerable<string?>> AssociationsAsync(TrustStore store) => (await server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeTrustStoreAssociations,
        new() { TrustStoreArn = store.TrustStoreArn! })).TrustStoreAssociations!.Select(each => each.ResourceArn);
}
