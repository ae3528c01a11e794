using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Certificates;

/// <summary>The server certificates as a kind of resource: how they are kept and found.</summary>
public static class CertificateCollection
{
    private static readonly ResourceIndex<string, ServerCertificate, AccountId> ByAccount = new(certificate => certificate.Account, certificate => certificate.Name);
    private static readonly ResourceIndex<string, ServerCertificate, string> ByArn = new(certificate => certificate.Arn, certificate => certificate.Name);

    public static readonly ResourceKind<string, ServerCertificate> Kind = new("server-certificate")
    {
        KeyOf = certificate => certificate.Id,
        KeyText = id => id,
        ParseKey = id => id,
        Document = ServerCertificateDocument.Form.ServerCertificate,
        Indexes = [ByAccount, ByArn],
        Arn = certificate => certificate.Arn,
        Secret = certificate => (certificate.Id, certificate.PrivateKey),
    };

    extension(Snapshot snapshot)
    {
        public ResourceCollection<string, ServerCertificate> Certificates => snapshot.Of(Kind);
    }

    public static ServerCertificate? Find(this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string name) =>
        certificates.In(ByAccount, account).Find(name);

    /// <summary>The certificate, or IAM's NoSuchEntity.</summary>
    public static ServerCertificate Get(this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string name) =>
        certificates.Find(account, name) ?? throw new ServiceException(ErrorCode.NoSuchEntity, $"The Server Certificate with name {name} cannot be found.");

    /// <summary>An account's own certificate by its ARN; another account's is not there.</summary>
    public static ServerCertificate? FindByArn(this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string arn) =>
        certificates.In(ByArn, arn).After(null).FirstOrDefault() is { } found && found.Account == account ? found : null;

    /// <summary>The certificates of an account below a path, in the order of their names, after the name given.</summary>
    public static IEnumerable<ServerCertificate> After(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string? name, string pathPrefix) =>
        certificates.In(ByAccount, account).After(name).Where(certificate => certificate.Path.StartsWith(pathPrefix, StringComparison.Ordinal));

    /// <summary>
    /// Adds a certificate; a name that is taken is EntityAlreadyExists, one more than the account may have LimitExceeded.
    /// </summary>
    /// <param name="certificate">Its id is new.</param>
    /// <param name="quota">How many the account may have.</param>
    public static Task<ServerCertificate> CreateAsync(
        this IResourceStore store, ServerCertificate certificate, int quota, CancellationToken cancellationToken) => store.ChangeAsync(
            snapshot =>
            {
                var next = snapshot.WithNamed(certificate);
                return snapshot.Certificates.In(ByAccount, certificate.Account).Count < quota
                    ? (next, certificate)
                    : throw new ServiceException(ErrorCode.LimitExceeded, $"Cannot exceed quota for ServerCertificatesPerAccount: {quota}");
            },
            cancellationToken);

    /// <summary>
    /// Replaces a certificate by what <paramref name="update"/> makes of it; NoSuchEntity when there is none by that name.
    /// </summary>
    public static Task<ServerCertificate> UpdateCertificateAsync(
        this IResourceStore store, AccountId account, string name, Func<ServerCertificate, ServerCertificate> update, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            snapshot =>
            {
                var after = update(snapshot.Certificates.Get(account, name));
                return (snapshot.WithNamed(after), after);
            },
            cancellationToken);

    /// <summary>Removes a certificate; NoSuchEntity when there is none, DeleteConflict while something uses it.</summary>
    public static Task DeleteCertificateAsync(this IResourceStore store, AccountId account, string name, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            snapshot =>
            {
                var certificate = snapshot.Certificates.Get(account, name);
                certificate.EnsureUnused(snapshot);
                return snapshot.Without(Kind, certificate.Id);
            },
            cancellationToken);

    private static Snapshot WithNamed(this Snapshot snapshot, ServerCertificate certificate) =>
        snapshot.Certificates.Find(certificate.Account, certificate.Name) is { } other && other.Id != certificate.Id
            ? throw new ServiceException(ErrorCode.EntityAlreadyExists, $"The Server Certificate with name {certificate.Name} already exists.")
            : snapshot.With(Kind, certificate);
}
