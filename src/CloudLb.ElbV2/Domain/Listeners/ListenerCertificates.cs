using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>The certificates of secure listeners: looked up, added to their lists and taken out of them.</summary>
internal static class ListenerCertificates
{
    /// <summary>The id of a certificate; another account's, and one that ACM has in another region, is not there.</summary>
    public static string IdOf(this ResourceCollection<string, ServerCertificate> certificates, Arn loadBalancer, string arn)
    {
        if (!arn.StartsWith("arn:", StringComparison.Ordinal))
        {
            throw CommonErrors.ValidationError.Because($"Certificate ARN '{ResourceNames.Cut(arn)}' is not valid");
        }

        return certificates.FindByArn(loadBalancer.Account, loadBalancer.Region, arn)?.Id
            ?? throw Errors.CertificateNotFound.Because($"Certificate '{ResourceNames.Cut(arn)}' not found");
    }

    /// <summary>With one more in its list, at its end; one that is there already changes nothing.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="snapshot">Everything there is.</param>
    /// <param name="id">The certificate's.</param>
    /// <param name="quota">How many the lists of a load balancer's listeners may have together.</param>
    public static Listener WithCertificate(this Listener listener, Snapshot snapshot, string id, int quota)
    {
        var tls = TlsOf(listener);
        if (tls.NamedCertificateIds.Contains(id))
        {
            return listener;
        }

        var count = snapshot.Listeners.Of(listener.Arn.LoadBalancer).After(null).Sum(each => each.Tls?.NamedCertificateIds.Count ?? 0);
        return count < quota
            ? listener with { Tls = tls with { NamedCertificateIds = tls.NamedCertificateIds.Add(id) } }
            : throw Errors.TooManyCertificates.Because(
                $"The maximum number of certificates on load balancer '{listener.Arn.LoadBalancer}' has been reached: [{quota}]");
    }

    /// <summary>Without one of its list; one that is not there changes nothing.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="id">The certificate's; null where there is none of that name.</param>
    public static Listener WithoutCertificate(this Listener listener, string? id)
    {
        var tls = TlsOf(listener);
        return id == tls.CertificateId && !tls.NamedCertificateIds.Contains(id)
            ? throw Errors.OperationNotPermitted.Because("Default certificate cannot be removed")
            : listener with { Tls = tls with { NamedCertificateIds = tls.NamedCertificateIds.Where(one => one != id).ToEquatableArray() } };
    }

    private static ListenerTls TlsOf(Listener listener) => listener.Tls
        ?? throw CommonErrors.ValidationError.Because($"A certificate cannot be specified for {listener.Protocol} listeners");
}
