using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core.Certificates;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Pinning;

namespace CloudLb.HAProxy.Members;

/// <summary>
/// What looking at a member's certificate has shown. A member that could not be reached keeps what it showed before: its checks tell of
/// that.
/// </summary>
internal sealed record MemberProof
{
    public required IPAddress Address { get; init; }

    public required int Port { get; init; }

    /// <summary>Null while none has been seen.</summary>
    public PinnedCertificate? Certificate { get; init; }

    /// <summary>Since when, by the steady time, none can be seen any more.</summary>
    public TimeSpan? FirstFailure { get; init; }

    public bool IsOf(PlannedMember member) => Port == member.Port && Address.Equals(member.Address);

    public bool IsAccepted(PlannedPool pool) => Certificate is not null && pool.AcceptedKeys?.Contains(Certificate.KeyId) == true;

    public bool IsRefused(PlannedPool pool) => Certificate is not null && !IsAccepted(pool);

    /// <summary>What an earlier CloudLb has found of a member that a process still serves.</summary>
    public static MemberProof Of(PlannedMember member, PinnedCertificate certificate) =>
        new() { Address = member.Address, Port = member.Port, Certificate = certificate };

    /// <param name="before">What was known; null when nothing.</param>
    /// <param name="member">Who was looked at.</param>
    /// <param name="seen">Its certificate, and after it what it has sent besides; null when none could be had.</param>
    /// <param name="time">The time of day, which certificates are valid by.</param>
    /// <param name="now">The steady time.</param>
    public static MemberProof After(
        MemberProof? before, PlannedMember member, X509Certificate2Collection? seen, DateTimeOffset time, TimeSpan now)
    {
        var known = before?.IsOf(member) == true ? before : new MemberProof { Address = member.Address, Port = member.Port };
        if (seen is null)
        {
            return known with { FirstFailure = known.FirstFailure ?? now };
        }

        var own = seen[0];
        return known with
        {
            Certificate = new(
                own.GetCertHashString(HashAlgorithmName.SHA256), PublicKeys.IdOf(own.PublicKey), MemberTrust.AnchorOf(own, seen, time)),
            FirstFailure = null,
        };
    }
}
