using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy.Gates;

/// <summary>A key of an issuer, and what it signs.</summary>
internal sealed class TestKey(string? id)
{
    private readonly RSA _key = RSA.Create(2048);

    public PlannedKey Planned => new(id, _key.ExportSubjectPublicKeyInfoPem());

    /// <summary>A token with this head and these claims, both as they are to be written.</summary>
    public string Sign(string head, string claims)
    {
        var text = $"{Part(head)}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(
            _key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>The same signed with HMAC by the public key, as somebody would who hopes for the wrong algorithm.</summary>
    public string SignSymmetrically(string head, string claims)
    {
        var text = $"{Part(head)}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(
            HMACSHA256.HashData(Encoding.ASCII.GetBytes(Planned.Pem), Encoding.ASCII.GetBytes(text)))}";
    }

    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
