using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core.Certificates;
using CloudLb.Core.Planning;

namespace CloudLb.HAProxy.Health;

/// <summary>What looking at a member's certificate has shown. A member that could not be reached keeps what it showed before: its checks tell of that.</summary>
internal sealed record MemberProof
{
    /// <summary>Bits, below which OpenSSL as Debian sets it up trusts no certificate.</summary>
    private const int SmallestRsa = 2048;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    /// <summary>Null while none has been seen.</summary>
    public PinnedCertificate? Certificate { get; init; }

    /// <summary>The certificate's key, as <see cref="PlannedPool.AcceptedKeys"/> has it.</summary>
    public string? KeyId { get; init; }

    /// <summary>Since when none can be seen any more.</summary>
    public DateTimeOffset? FirstFailure { get; init; }

    /// <summary>What an earlier CloudLb has found of a member that a process still serves.</summary>
    public static MemberProof Of(PlannedMember member, PinnedCertificate certificate)
    {
        using var parsed = X509Certificate2.CreateFromPem(certificate.Pem);
        return new() { Address = member.Address, Port = member.Port, Certificate = certificate, KeyId = PublicKeys.IdOf(parsed.PublicKey) };
    }

    public bool IsOf(PlannedMember member) => Port == member.Port && Address.Equals(member.Address);

    public bool IsAccepted(PlannedPool pool) => KeyId is not null && pool.AcceptedKeys?.Contains(KeyId) == true;

    public bool IsRefused(PlannedPool pool) => KeyId is not null && !IsAccepted(pool);

    /// <param name="before">What was known; null when nothing.</param>
    /// <param name="member">Who was looked at.</param>
    /// <param name="seen">Its certificate; null when none could be had.</param>
    /// <param name="now">The time of the look.</param>
    public static MemberProof After(MemberProof? before, PlannedMember member, X509Certificate2? seen, DateTimeOffset now)
    {
        var known = before?.IsOf(member) == true ? before : new MemberProof { Address = member.Address, Port = member.Port };
        return seen is null
            ? known with { FirstFailure = known.FirstFailure ?? now }
            : known with { Certificate = Pin(seen, now), KeyId = PublicKeys.IdOf(seen.PublicKey), FirstFailure = null };
    }

    private static PinnedCertificate Pin(X509Certificate2 certificate, DateTimeOffset now) =>
        new(certificate.GetCertHashString(HashAlgorithmName.SHA256), certificate.ExportCertificatePem(), IsAnchor(certificate, now));

    private static bool IsAnchor(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        if (!certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData) || (ecdsa is null && !(rsa?.KeySize >= SmallestRsa)))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return chain.Build(certificate) && chain.ChainElements.Count == 1;
    }
}
