using CloudLb.Acm.Certificates;
using CloudLb.Acm.Contracts;
using CloudLb.Core.Certificates;

namespace CloudLb.Acm.Mapping;

/// <summary>Which certificates a list is of.</summary>
internal static class Selection
{
    /// <summary>What AWS lists of algorithms where the caller names none.</summary>
    private static readonly string[] UsualKeys = ["RSA_1024", "RSA_2048"];

    public static bool Selects(this ListCertificatesRequest request, ServerCertificate certificate, DateTimeOffset now)
    {
        var (filters, facts) = (request.Includes, CertificateFacts.Of(certificate));
        return (request.CertificateStatuses is not { Count: > 0 } statuses || statuses.Contains(certificate.StatusAt(now)))
            && (filters?.KeyTypes is { Count: > 0 } keys ? keys : UsualKeys).Contains(facts.KeyAlgorithm)
            && (filters?.KeyUsage is not { Count: > 0 } usages || usages.Any(usage => Has(facts.KeyUsages, usage)))
            && (filters?.ExtendedKeyUsage is not { Count: > 0 } extended
                || extended.Any(usage => Has(facts.ExtendedKeyUsages.Select(one => one.Name), usage)))
            && filters?.ExportOption is not "ENABLED"
            && filters?.ManagedBy is null;
    }

    /// <summary>ANY and NONE are uses that a certificate names, or that it names none.</summary>
    private static bool Has(IEnumerable<string> usages, string wanted) => wanted == "NONE" ? !usages.Any() : usages.Contains(wanted);
}
