using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Core.SignIns;

namespace CloudLb.OpenId.SignIns;

/// <summary>
/// Signs what targets are told of a client, with ES256, as AWS does: the signer stands in the head, and base64 has its padding. One key is
/// for all load balancers, as AWS has one for a region; who looks at a signature looks at the signer too.
/// </summary>
public sealed class ClaimSigner : IDisposable
{
    private readonly ECDsa _key;

    // Not said to be safe for two threads at once.
    private readonly Lock _using = new();

    private ClaimSigner(ECDsa key)
    {
        _key = key;
        PublicKeyPem = key.ExportSubjectPublicKeyInfoPem() + "\n";
        KeyId = new Guid(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 16)).ToString();
    }

    /// <summary>For whoever looks at a signature.</summary>
    public string PublicKeyPem { get; }

    public string KeyId { get; }

    /// <summary>One whose key follows from 32 bytes that nobody else knows.</summary>
    internal static ClaimSigner Of(byte[] secret)
    {
        // The key is a number below the order of the curve, which begins with 32 bits that are set.
        secret = [.. secret];
        secret[0] &= 0x7f;
        secret[^1] |= 1;
        return new(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret }));
    }

    public void Dispose() => _key.Dispose();

    internal string Sign(SignIn signIn, JsonElement claims, DateTimeOffset ends)
    {
        var exp = ends.ToUnixTimeSeconds();
        var head = new JsonObject
        {
            ["typ"] = "JWT", ["kid"] = KeyId, ["alg"] = "ES256", ["iss"] = signIn.Issuer, ["client"] = signIn.ClientId,
            ["signer"] = signIn.Signer, ["exp"] = exp,
        };
        var payload = JsonObject.Create(claims)!;
        payload["exp"] = exp;
        payload["iss"] = signIn.Issuer;
        var text = $"{Part(head.ToJsonString())}.{Part(payload.ToJsonString())}";
        lock (_using)
        {
            return $"{text}.{Part(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
        }
    }

    private static string Part(string text) => Part(Encoding.UTF8.GetBytes(text));

    private static string Part(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');
}
