using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Core;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>Trust stores by what is in them, as the plan names them and data planes ask for them.</summary>
/// <remarks>
/// A data plane may ask for what was planned a moment ago while the trust store has another content by now. It is given what the plan
/// meant: without an answer it would have to leave out the listener until the next plan.
/// </remarks>
public sealed class TrustContents(IResourceStore store, TimeProvider clock) : IClientTrustSource
{
    // As much of the hash as nobody finds twice.
    private const int IdLength = 40;

    // Far longer than from a plan to the process that serves it.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Planned> _planned = new();

    /// <summary>An id that stands for the certificates of a trust store and all of its revocations.</summary>
    internal string IdOf(Snapshot snapshot, TrustStore trustStore)
    {
        IReadOnlyList<Revocation> revocations = [.. snapshot.Revocations.Of(trustStore.Arn).After(null)];
        var text = new StringBuilder(trustStore.Authorities);
        foreach (var revocation in revocations)
        {
            text.Append(revocation.ContentId).Append('\n');
        }

        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())))[..IdLength];
        var now = clock.GetSteadyTime();
        foreach (var old in _planned.Where(planned => now - planned.Value.At > Kept).ToList())
        {
            _planned.TryRemove(old);
        }

        _planned[id] = new(trustStore, revocations, now);
        return id;
    }

    public ClientTrust? Read(string trustStoreId) => Find(trustStoreId) is { } found
        ? new(
            found.TrustStore.Authorities,
            MergedLists.Of(found.Revocations.SelectMany(revocation => RevocationFile.In(revocation.Lists))))
        : null;

    private Planned? Find(string id)
    {
        if (_planned.TryGetValue(id, out var planned))
        {
            return planned;
        }

        var snapshot = store.Current;
        return snapshot.TrustStores.All.Any(trustStore => IdOf(snapshot, trustStore) == id) ? _planned.GetValueOrDefault(id) : null;
    }

    private sealed record Planned(TrustStore TrustStore, IReadOnlyList<Revocation> Revocations, TimeSpan At);
}
