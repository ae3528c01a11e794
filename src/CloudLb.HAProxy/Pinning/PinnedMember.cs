using System.Diagnostics.CodeAnalysis;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Pinning;

/// <summary>
/// A member that has shown a certificate with a key that its pool accepts: HAProxy takes answers over that certificate alone.
/// </summary>
internal sealed record PinnedMember : PlannedMember
{
    [SetsRequiredMembers]
    private PinnedMember(PlannedMember member, PinnedCertificate certificate)
        : base(member) => Certificate = certificate;

    public PinnedCertificate Certificate { get; }

    /// <summary>The member with the certificate that it has shown; where that is none, as it is.</summary>
    public static PlannedMember Of(PlannedMember member, PinnedCertificate? certificate) =>
        certificate is null ? member : new PinnedMember(member, certificate);

    /// <summary>Null for one that has shown none.</summary>
    public static PinnedCertificate? CertificateOf(PlannedMember? member) => (member as PinnedMember)?.Certificate;
}
