using CloudLb.Core.Traffic.Planning;

namespace CloudLb.HAProxy.Pinning;

/// <summary>A certificate that an instance has shown, and whose key is one that its pool accepts.</summary>
/// <param name="Fingerprint">SHA-256 of its DER form: 64 upper-case hexadecimal digits.</param>
/// <param name="KeyId">Its key, as <see cref="PlannedPool.AcceptedKeys"/> has it.</param>
/// <param name="Anchor">
/// What a connection can be made to trust and nothing else, before anything is sent; null where there is nothing that would do.
/// </param>
internal sealed record PinnedCertificate(string Fingerprint, string KeyId, TrustAnchor? Anchor);
