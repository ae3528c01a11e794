using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;

namespace CloudLb.Core.Certificates;

/// <summary>The server certificates as a kind of resource: how they are kept and found.</summary>
public static class CertificateCollection
{
    private static readonly ResourceIndex<string, ServerCertificate, CertificateScope> ByScope = new(
        certificate => new(certificate.Account, certificate.Region), certificate => certificate.Name);
    private static readonly ResourceIndex<string, ServerCertificate, string> ByArn = new(
        certificate => certificate.Arn, certificate => certificate.Name);

    public static readonly ResourceKind<string, ServerCertificate> Kind = new("server-certificate")
    {
        KeyOf = certificate => certificate.Id,
        KeyText = id => id,
        ParseKey = id => id,
        Document = ServerCertificateDocument.Form.ServerCertificate,
        Indexes = [ByScope, ByArn],
        Arn = certificate => certificate.Arn,
        Secrets = certificate => [(certificate.Id, certificate.PrivateKey)],
    };

    extension(Snapshot snapshot)
    {
        public ResourceCollection<string, ServerCertificate> Certificates => snapshot.Of(Kind);
    }

    /// <summary>IAM's certificate of that name.</summary>
    public static ServerCertificate? Find(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string name) =>
        certificates.In(ByScope, new(account, null)).Find(name);

    /// <summary>How many of IAM's an account has.</summary>
    public static int CountIn(this ResourceCollection<string, ServerCertificate> certificates, AccountId account) =>
        certificates.In(ByScope, new(account, null)).Count;

    /// <summary>An account's own certificate by its ARN; another account's is not there.</summary>
    public static ServerCertificate? FindByArn(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string arn) =>
        certificates.In(ByArn, arn).After(null).FirstOrDefault() is { } found && found.Account == account ? found : null;

    /// <summary>As above, but not one that ACM has in another region than the one named, which is not there for what is in it.</summary>
    public static ServerCertificate? FindByArn(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string region, string arn) =>
        certificates.FindByArn(account, arn) is { } found && (found.Region is null || found.Region == region) ? found : null;

    /// <summary>ACM's certificates of an account in a region.</summary>
    public static ResourceGroup<string, ServerCertificate> In(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string region) =>
        certificates.In(ByScope, new(account, region));

    /// <summary>IAM's certificates of an account below a path, in the order of their names, after the name given.</summary>
    public static IEnumerable<ServerCertificate> After(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string? name, string pathPrefix) =>
        certificates.In(ByScope, new(account, null)).After(name)
            .Where(certificate => certificate.Path.StartsWith(pathPrefix, StringComparison.Ordinal));
}
