using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudLb.Tests;

/// <summary>A certificate made for a test, with its key.</summary>
internal sealed class TestCertificate
{
    private readonly X509Certificate2 _certificate;
    private readonly AsymmetricAlgorithm _key;

    private TestCertificate(X509Certificate2 certificate, AsymmetricAlgorithm key) => (_certificate, _key) = (certificate, key);

    public string Pem => _certificate.ExportCertificatePem();

    public string KeyPem => _key.ExportPkcs8PrivateKeyPem();

    public string Thumbprint => _certificate.Thumbprint;

    /// <summary>SHA-256, in upper-case hexadecimal digits.</summary>
    public string Fingerprint => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>The key in the form that public key policies take.</summary>
    public string PublicKeyPem => PemEncoding.WriteString("PUBLIC KEY", _certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>What a TLS server in .NET wants.</summary>
    public X509Certificate2 WithKey => X509CertificateLoader.LoadPkcs12(Pkcs12(), null);

    public static TestCertificate SelfSigned(
        string name = "web.example.com", bool isEcdsa = false, int keySize = 2048, int validFromDays = -1, int validToDays = 30)
    {
        var request = Request(name, isEcdsa, keySize, out var key);
        return new(request.CreateSelfSigned(InDays(validFromDays), InDays(validToDays)), key);
    }

    /// <summary>Another self-signed certificate for the same key.</summary>
    public TestCertificate Renewed(string name = "web.example.com", int validFromDays = -1, int validToDays = 60) =>
        new(Request(name, _key).CreateSelfSigned(InDays(validFromDays), InDays(validToDays)), _key);

    /// <summary>A certificate that this one has signed.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="isEcdsa">Which kind of key it gets.</param>
    /// <param name="keyOf">Whose key it has; a new one when absent.</param>
    public TestCertificate Issue(string name, bool isEcdsa = false, TestCertificate? keyOf = null)
    {
        var request = Request(name, isEcdsa, 2048, out var key);
        if (keyOf is not null)
        {
            (request, key) = (Request(name, keyOf._key), keyOf._key);
        }

        var generator = _key is RSA rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)_key);
        return new(request.Create(_certificate.SubjectName, generator, InDays(-1), InDays(29), RandomNumberGenerator.GetBytes(8)), key);
    }

    public string EncryptedKeyPem() =>
        _key.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

    public string TraditionalKeyPem() => _key is RSA rsa ? rsa.ExportRSAPrivateKeyPem() : ((ECDsa)_key).ExportECPrivateKeyPem();

    private static CertificateRequest Request(string name, bool isEcdsa, int keySize, out AsymmetricAlgorithm key)
    {
        key = isEcdsa ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(keySize);
        return Request(name, key);
    }

    private static CertificateRequest Request(string name, AsymmetricAlgorithm key)
    {
        CertificateRequest request = key is ECDsa ecdsa
            ? new($"CN={name}", ecdsa, HashAlgorithmName.SHA256)
            : new($"CN={name}", (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }

    private static DateTimeOffset InDays(int days) => TimeProvider.System.GetUtcNow().AddDays(days);

    private byte[] Pkcs12()
    {
        using var whole = _certificate.HasPrivateKey
            ? X509CertificateLoader.LoadPkcs12(_certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable)
            : _key is RSA rsa ? _certificate.CopyWithPrivateKey(rsa) : _certificate.CopyWithPrivateKey((ECDsa)_key);
        return whole.Export(X509ContentType.Pkcs12);
    }
}
