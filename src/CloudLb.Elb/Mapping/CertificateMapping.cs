using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.Elb.Mapping;

/// <summary>Certificates: ARNs on the wire, ids in the domain.</summary>
internal static class CertificateMapping
{
    /// <summary>
    /// The id of the account's certificate that an ARN names, or CertificateNotFound. In a change of a load balancer it is to be asked for
    /// within the change: the store then holds that the certificate is not deleted meanwhile.
    /// </summary>
    /// <param name="certificates">IAM's and ACM's.</param>
    /// <param name="account">Whose it must be.</param>
    /// <param name="region">The load balancer's: one that ACM has in another is not found.</param>
    /// <param name="arn">As the caller wrote it.</param>
    public static string IdOf(
        this ResourceCollection<string, ServerCertificate> certificates, AccountId account, string region, string arn) =>
        certificates.FindByArn(account, region, arn)?.Id
        ?? throw Errors.CertificateNotFound.Because($"Server Certificate not found for the key: {arn}");

    public static string? ArnOf(this ResourceCollection<string, ServerCertificate> certificates, string? id) =>
        id is null ? null : certificates.Find(id)?.Arn;
}
