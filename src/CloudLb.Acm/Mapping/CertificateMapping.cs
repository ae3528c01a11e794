using CloudLb.Acm.Certificates;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using Wire = CloudLb.Acm.Contracts;

namespace CloudLb.Acm.Mapping;

/// <summary>Certificates and tags as ACM shows them.</summary>
internal static class CertificateMapping
{
    private const string Issued = "ISSUED";
    private const string Expired = "EXPIRED";
    private const string Imported = "IMPORTED";

    /// <summary>ACM renews nothing that it has not issued.</summary>
    private const string NotRenewed = "INELIGIBLE";
    private const string Disabled = "DISABLED";

    /// <summary>As many further names as a summary has at most.</summary>
    private const int MostNames = 100;

    public static Wire.CertificateDetail ToDetail(this ServerCertificate certificate, Snapshot snapshot, DateTimeOffset now)
    {
        var facts = CertificateFacts.Of(certificate);
        return new()
        {
            CertificateArn = certificate.Arn,
            DomainName = facts.DomainName,
            SubjectAlternativeNames = [.. facts.Names],
            Serial = facts.Serial,
            Subject = facts.Subject,
            Issuer = facts.Issuer,
            CreatedAt = certificate.CreatedAt(),
            ImportedAt = certificate.UploadDate,
            Status = certificate.StatusAt(now),
            NotBefore = facts.NotBefore,
            NotAfter = facts.NotAfter,
            KeyAlgorithm = facts.KeyAlgorithm.Replace('_', '-'),
            SignatureAlgorithm = facts.SignatureAlgorithm,
            InUseBy = certificate.UsersIn(snapshot),
            Type = Imported,
            KeyUsages = [.. facts.KeyUsages.Select(name => new Wire.KeyUsage { Name = name })],
            ExtendedKeyUsages =
            [
                .. facts.ExtendedKeyUsages.Select(usage => new Wire.ExtendedKeyUsage { Name = usage.Name, OID = usage.Oid }),
            ],
            RenewalEligibility = NotRenewed,
            Options = new() { CertificateTransparencyLoggingPreference = Disabled, Export = Disabled },
        };
    }

    public static Wire.CertificateSummary ToSummary(this ServerCertificate certificate, Snapshot snapshot, DateTimeOffset now)
    {
        var facts = CertificateFacts.Of(certificate);
        return new()
        {
            CertificateArn = certificate.Arn,
            DomainName = facts.DomainName,
            SubjectAlternativeNameSummaries = [.. facts.Names.Take(MostNames)],
            HasAdditionalSubjectAlternativeNames = facts.Names.Count > MostNames,
            Status = certificate.StatusAt(now),
            Type = Imported,
            KeyAlgorithm = facts.KeyAlgorithm.Replace('_', '-'),
            KeyUsages = [.. facts.KeyUsages],
            ExtendedKeyUsages = [.. facts.ExtendedKeyUsages.Select(usage => usage.Name)],
            InUse = snapshot.IsUsed(Use.OfCertificate(certificate.Id)),
            RenewalEligibility = NotRenewed,
            ExportOption = Disabled,
            NotBefore = facts.NotBefore,
            NotAfter = facts.NotAfter,
            CreatedAt = certificate.CreatedAt(),
            ImportedAt = certificate.UploadDate,
        };
    }

    public static string StatusAt(this ServerCertificate certificate, DateTimeOffset now) =>
        now > certificate.Expiration ? Expired : Issued;

    public static DateTimeOffset CreatedAt(this ServerCertificate certificate) => certificate.CreateDate ?? certificate.UploadDate;

    public static IReadOnlyCollection<Tag> ToDomain(this IReadOnlyList<Wire.Tag>? tags) =>
        [.. (tags ?? []).Select(tag => new Tag(tag.Key, tag.Value ?? ""))];

    public static IReadOnlyList<Wire.Tag> ToWire(this IEnumerable<Tag> tags) =>
        [.. tags.Select(tag => new Wire.Tag { Key = tag.Key, Value = tag.Value })];

    /// <summary>
    /// The ARNs of the load balancers that use it, each once: of a listener that is a resource of its own, its load balancer's.
    /// </summary>
    private static IReadOnlyList<string> UsersIn(this ServerCertificate certificate, Snapshot snapshot) =>
    [
        .. snapshot.UsersOf(Use.OfCertificate(certificate.Id)).Select(snapshot.ArnOf).OfType<string>().Select(LoadBalancerOf).Distinct(),
    ];

    /// <summary><c>…:listener/app/NAME/ID/LISTENER</c> is of <c>…:loadbalancer/app/NAME/ID</c>.</summary>
    private static string LoadBalancerOf(string arn) => arn.Split('/') is [var first, .. var middle, _] && first.EndsWith(":listener")
        ? string.Join('/', middle.Prepend($"{first[..^"listener".Length]}loadbalancer"))
        : arn;
}
