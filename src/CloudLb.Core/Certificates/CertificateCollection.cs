using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Certificates;

/// <summary>The server certificates as a kind of resource: how they are kept and found.</summary>
public static class CertificateCollection
{
    private static readonly ResourceIndex<string, ServerCertificate, AccountId> ByAccount = new(
        certificate => certificate.Account, certificate => certificate.Name);
    private static readonly ResourceIndex<string, ServerCertificate, string> ByArn = new(
        certificate => certificate.Arn, certificate => certificate.Name);

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

    public static ServerCertificate? Find(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string name) =>
        certificates.In(ByAccount, account).Find(name);

    public static int CountIn(this ResourceCollection<string, ServerCertificate> certificates, AccountId account) =>
        certificates.In(ByAccount, account).Count;

    /// <summary>An account's own certificate by its ARN; another account's is not there.</summary>
    public static ServerCertificate? FindByArn(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string arn) =>
        certificates.In(ByArn, arn).After(null).FirstOrDefault() is { } found && found.Account == account ? found : null;

    /// <summary>The certificates of an account below a path, in the order of their names, after the name given.</summary>
    public static IEnumerable<ServerCertificate> After(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string? name, string pathPrefix) =>
        certificates.In(ByAccount, account).After(name)
            .Where(certificate => certificate.Path.StartsWith(pathPrefix, StringComparison.Ordinal));
}
