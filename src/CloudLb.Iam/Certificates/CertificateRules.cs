using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.Iam.Certificates;

/// <summary>IAM's rules of server certificates, and the changes that follow them.</summary>
internal static class CertificateRules
{
    /// <summary>AWS's limit for tags of an IAM resource.</summary>
    private const int MaximumTags = 50;

    /// <summary>The certificate, or IAM's NoSuchEntity.</summary>
    public static ServerCertificate Get(this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string name) =>
        certificates.Find(account, name) ?? throw Errors.NoSuchEntity.Because($"The Server Certificate with name {name} cannot be found.");

    /// <summary>Adds tags, replacing those of the same key. IAM does not tell keys apart by their case.</summary>
    public static ServerCertificate WithTags(this ServerCertificate certificate, IReadOnlyCollection<Tag> added)
    {
        var byKey = new SortedDictionary<string, Tag>(certificate.Tags.ToDictionary(tag => tag.Key), StringComparer.OrdinalIgnoreCase);
        var addedKeys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in added)
        {
            if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw Errors.InvalidInput.Because($"Tag key '{tag.Key}' cannot start with 'aws:'");
            }

            if (!addedKeys.Add(tag.Key))
            {
                throw Errors.InvalidInput.Because("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }

            byKey[tag.Key] = tag;
        }

        return byKey.Count <= MaximumTags
            ? certificate with { Tags = byKey.Values.ToEquatableArray() }
            : throw Errors.LimitExceeded.Because($"Cannot exceed quota for TagsPerServerCertificate: {MaximumTags}");
    }

    /// <summary>Removes tags; a key that is not there is no error.</summary>
    public static ServerCertificate WithoutTags(this ServerCertificate certificate, IReadOnlyCollection<string> keys) => certificate with
    {
        Tags = certificate.Tags.Where(tag => !keys.Contains(tag.Key, StringComparer.OrdinalIgnoreCase)).ToEquatableArray(),
    };

    /// <summary>
    /// Adds a certificate; a name that is taken is EntityAlreadyExists, one more than the account may have LimitExceeded.
    /// </summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="certificate">Its id is new.</param>
    /// <param name="quota">How many the account may have.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static Task<ServerCertificate> CreateCertificateAsync(
        this IResourceStore store, ServerCertificate certificate, CertificateQuota quota,
        CancellationToken cancellationToken) => store.ChangeAsync(
            snapshot =>
            {
                var next = snapshot.WithNamed(certificate);
                return snapshot.Certificates.CountIn(certificate.Account) < quota.Certificates
                    ? (next, certificate)
                    : throw Errors.LimitExceeded.Because($"Cannot exceed quota for ServerCertificatesPerAccount: {quota.Certificates}");
            },
            cancellationToken);

    /// <summary>
    /// Replaces a certificate by what <paramref name="update"/> makes of it; NoSuchEntity when there is none by that name.
    /// </summary>
    public static Task<ServerCertificate> UpdateCertificateAsync(
        this IResourceStore store,
        AccountId account,
        string name,
        Func<ServerCertificate, ServerCertificate> update,
        CancellationToken cancellationToken) => store.ChangeAsync(
            snapshot =>
            {
                var after = update(snapshot.Certificates.Get(account, name));
                return (snapshot.WithNamed(after), after);
            },
            cancellationToken);

    /// <summary>Removes a certificate; NoSuchEntity when there is none, DeleteConflict while something uses it.</summary>
    public static Task DeleteCertificateAsync(
        this IResourceStore store, AccountId account, string name, CancellationToken cancellationToken) => store.ChangeAsync(
            snapshot =>
            {
                var certificate = snapshot.Certificates.Get(account, name);
                certificate.EnsureUnused(snapshot);
                return snapshot.Without(CertificateCollection.Kind, certificate.Id);
            },
            cancellationToken);

    /// <summary>Refuses to have it deleted while a resource of any API and region uses it, in AWS's words, which terraform reads.</summary>
    private static void EnsureUnused(this ServerCertificate certificate, Snapshot snapshot)
    {
        foreach (var user in snapshot.UsersOf(Use.OfCertificate(certificate.Id)))
        {
            throw Errors.DeleteConflict.Because(
                $"Certificate: {certificate.Id} is currently in use by {snapshot.ArnOf(user)}. Please remove it first before deleting it " +
                $"from IAM.");
        }
    }

    private static Snapshot WithNamed(this Snapshot snapshot, ServerCertificate certificate) =>
        snapshot.Certificates.Find(certificate.Account, certificate.Name) is { } other && other.Id != certificate.Id
            ? throw Errors.EntityAlreadyExists.Because($"The Server Certificate with name {certificate.Name} already exists.")
            : snapshot.With(CertificateCollection.Kind, certificate);
}
