using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CloudLb.Tests.Clients.Gates;

/// <summary>A key by which a provider signs.</summary>
internal sealed class ProviderKey(string id)
{
    private readonly RSA _key = RSA.Create(2048);

    /// <summary>As it stands in a key set.</summary>
    public object Json
    {
        get
        {
            var parameters = _key.ExportParameters(includePrivateParameters: false);
            return new
            {
                kty = "RSA", use = "sig", alg = "RS256", kid = id,
                n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent),
            };
        }
    }

    public string Sign(object claims)
    {
        var head = new { alg = "RS256", typ = "JWT", kid = id };
        var text = $"{Part(JsonSerializer.SerializeToUtf8Bytes(head))}.{Part(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{text}.{Part(_key.SignData(
            System.Text.Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>With an algorithm that is none.</summary>
    public static string Unsigned(object claims) =>
        $"{Part("""{"alg":"none"}"""u8.ToArray())}.{Part(JsonSerializer.SerializeToUtf8Bytes(claims))}.";

    private static string Part(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
