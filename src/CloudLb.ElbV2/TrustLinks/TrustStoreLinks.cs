using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.TrustLinks;

/// <summary>
/// Addresses at which the content of a trust store is read for ten minutes, by whoever was given one: what an address at S3 is at AWS. They
/// are signed with a key that is made anew at every start.
/// </summary>
/// <param name="endpoint">Where the API is reached.</param>
/// <param name="store">Where the content is.</param>
/// <param name="clock">For the ten minutes.</param>
public sealed class TrustStoreLinks(Func<string> endpoint, IResourceStore store, TimeProvider clock)
{
    public const string Path = "/_cloudlb/trust-store-content";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <param name="trustStore">The trust store.</param>
    /// <param name="revocation">One of its revocations; null for its certificates.</param>
    internal string Of(Arn trustStore, long? revocation)
    {
        var expires = (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var which = revocation?.ToString(CultureInfo.InvariantCulture) ?? "";
        return $"{endpoint()}{Path}?TrustStoreArn={Uri.EscapeDataString(trustStore.ToString())}&RevocationId={which}&Expires={expires}" +
            $"&Signature={Sign(trustStore.ToString(), which, expires)}";
    }

    /// <summary>What such an address stands for; null for one that is not ours, is too old, or whose content is gone.</summary>
    /// <param name="query">Finds a value of its query; null or empty for none.</param>
    public string? Read(Func<string, string?> query)
    {
        var (arn, which, expires) = (query("TrustStoreArn") ?? "", query("RevocationId") ?? "", query("Expires") ?? "");
        var isOurs = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign(arn, which, expires)), Encoding.UTF8.GetBytes(query("Signature") ?? ""));
        return isOurs && long.Parse(expires, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds()
            ? TrustText.Of(
                store.Current, Arn.Parse(arn), which.Length > 0 ? long.Parse(which, CultureInfo.InvariantCulture) : null)
            : null;
    }

    private string Sign(string arn, string which, string expires) => Convert.ToHexStringLower(
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{arn}\n{which}\n{expires}")));
}
