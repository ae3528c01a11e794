using System.Collections.Immutable;
using CloudLb.Core.Certificates;

namespace CloudLb.Storage.Sqlite;

/// <summary>All certificates at one moment, with their private keys as they are stored.</summary>
/// <param name="Snapshot">What everyone may see.</param>
/// <param name="SealedKeys">By certificate id; in memory, too, they are encrypted.</param>
internal sealed record CertificateState(CertificateSnapshot Snapshot, ImmutableDictionary<string, byte[]> SealedKeys);
