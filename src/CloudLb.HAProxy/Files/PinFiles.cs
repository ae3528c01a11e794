using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.HAProxy.Files;

/// <summary>
/// What members that must show an accepted key are trusted by, and the pools' lists of their certificates, for the next process.
/// </summary>
internal static class PinFiles
{
    /// <summary>Those of a load balancer. A certificate's file never changes, as its name is that of its content.</summary>
    public static IEnumerable<(string Name, string Text)> Of(PlannedLoadBalancer loadBalancer)
    {
        foreach (var pool in loadBalancer.Pools.Where(pool => pool.AcceptedKeys is not null))
        {
            var certificates = pool.Members
                .Where(member => member.DrainingUntil is null)
                .Select(PinnedMember.CertificateOf)
                .OfType<PinnedCertificate>()
                .Distinct()
                .ToList();
            yield return (
                PinLines.ListOf(ProxyName.OfPool(loadBalancer.Id, pool.Name)),
                string.Concat(certificates.Select(certificate => certificate.Fingerprint + "\n").Distinct()));
            foreach (var anchor in certificates.Select(certificate => certificate.Anchor).OfType<TrustAnchor>())
            {
                yield return (PinLines.FileOf(anchor), anchor.Pem + "\n");
            }
        }
    }
}
