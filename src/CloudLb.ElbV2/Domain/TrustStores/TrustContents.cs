using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>Trust stores by what is in them, as the plan names them and data planes ask for them.</summary>
internal sealed class TrustContents(IResourceStore store) : IClientTrustSource
{
    // As much of the hash as nobody finds twice.
    private const int IdLength = 40;

    /// <summary>An id that stands for the certificates of a trust store and all of its revocations.</summary>
    public static string IdOf(Snapshot snapshot, TrustStore trustStore)
    {
        var text = new StringBuilder(trustStore.Authorities);
        foreach (var revocation in snapshot.Revocations.Of(trustStore.Arn).After(null))
        {
            text.Append(revocation.ContentId).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text.ToString())))[..IdLength];
    }

    public ClientTrust? Read(string trustStoreId)
    {
        var snapshot = store.Current;
        return snapshot.TrustStores.All.FirstOrDefault(each => IdOf(snapshot, each) == trustStoreId) is { } trustStore
            ? new(
                trustStore.Authorities,
                MergedLists.Of(snapshot.Revocations.Of(trustStore.Arn).After(null).SelectMany(each => RevocationFile.In(each.Lists))))
            : null;
    }
}
