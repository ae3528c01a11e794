using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core;
using CloudLb.Core.Certificates;

namespace CloudLb.ElbV2.Planning;

/// <summary>
/// The order of a listener's further certificates: that in which they were added, as a data plane may add at the end alone; but where two
/// have a name in common, the one that is valid longest comes first, so that none that has expired is shown while another has not.
/// </summary>
internal static class CertificateOrder
{
    public static EquatableArray<string> Of(EquatableArray<string> ids, Func<string, ServerCertificate?> certificate)
    {
        if (ids.Count < 2)
        {
            return ids;
        }

        var all = ids.Select(id => (Id: id, Certificate: certificate(id))).ToList();
        var names = all.SelectMany(each => NamesOf(each.Certificate).Distinct()).ToList();
        return names.Distinct().Count() == names.Count
            ? ids
            : all.OrderByDescending(each => each.Certificate?.Expiration ?? default)
                .ThenBy(each => each.Id, StringComparer.Ordinal)
                .Select(each => each.Id)
                .ToEquatableArray();
    }

    /// <summary>In lower case: the names that a client can ask for, and the subject's, which is one where it looks like one.</summary>
    private static IEnumerable<string> NamesOf(ServerCertificate? certificate)
    {
        if (certificate is null)
        {
            return [];
        }

        try
        {
            using var read = X509Certificate2.CreateFromPem(certificate.Body);
            return
            [
                .. read.Extensions.OfType<X509SubjectAlternativeNameExtension>()
                    .SelectMany(extension => extension.EnumerateDnsNames())
                    .Append(read.GetNameInfo(X509NameType.SimpleName, forIssuer: false))
                    .Select(name => name.ToLowerInvariant()),
            ];
        }
        catch (CryptographicException)
        {
            // What it says of names cannot be read, and no client finds it by one.
            return [];
        }
    }
}
