using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Buckets;

namespace CloudLb.ElbV2.Domain;

/// <summary>Reads the files that trust stores are made of, few at a time: each may be long.</summary>
internal sealed class StoredFiles(IBucketObjects objects, Quotas quotas) : IDisposable
{
    private const int AtOnce = 2;

    private readonly SemaphoreSlim _turns = new(AtOnce);

    public Task<AuthorityBundle> ReadAuthoritiesAsync(
        AccountId account, ObjectPlace place, CancellationToken cancellationToken) => ReadAsync(
        account, place, AuthorityBundle.LongestFile, file => AuthorityBundle.Read(file, quotas),
        fault => fault == ObjectFault.NotFound
            ? Errors.CaCertificatesBundleNotFound.Because("The specified ca certificate bundle does not exist")
            : Errors.InvalidCaCertificatesBundle.Because(
                $"The specified ca certificate bundle is longer than '{AuthorityBundle.LongestFile}' bytes"),
        cancellationToken);

    public Task<RevocationFile> ReadRevocationsAsync(
        AccountId account, ObjectPlace place, CancellationToken cancellationToken) => ReadAsync(
        account, place, RevocationFile.LongestFile, RevocationFile.Read,
        fault => fault == ObjectFault.NotFound
            ? Errors.RevocationContentNotFound.Because("The specified revocation file does not exist")
            : Errors.InvalidRevocationContent.Because(
                $"The specified revocation file is longer than '{RevocationFile.LongestFile}' bytes"),
        cancellationToken);

    public void Dispose() => _turns.Dispose();

    private async Task<T> ReadAsync<T>(
        AccountId account, ObjectPlace place, int longest, Func<byte[], T> read, Func<ObjectFault, ServiceException> refuse,
        CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var found = await objects.ReadAsync(
                account, place with { Version = string.IsNullOrEmpty(place.Version) ? null : place.Version }, longest, cancellationToken);
            return found switch
            {
                { Content: { } content } => read(content),
                { Fault: ObjectFault.Unreachable } => throw CommonErrors.ServiceUnavailable.Because(
                    $"The bucket '{ResourceNames.Cut(place.Bucket)}' cannot be read at this moment"),
                _ => throw refuse(found.Fault!.Value),
            };
        }
        finally
        {
            _turns.Release();
        }
    }
}
