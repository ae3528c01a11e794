using System.Security.Cryptography.X509Certificates;
using CloudLb.Core.Certificates;

namespace CloudLb.Tests.Unit.Certificates;

public sealed class PublicKeysTests
{
    private static readonly TestCertificate Rsa = TestCertificate.SelfSigned();
    private static readonly TestCertificate Ecdsa = TestCertificate.SelfSigned(isEcdsa: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_has_one_id_however_it_is_written(bool isEcdsa)
    {
        var certificate = isEcdsa ? Ecdsa : Rsa;
        var pem = certificate.PublicKeyPem;
        var body = string.Join('\n', pem.Split('\n')[1..^1]);
        using var parsed = X509Certificate2.CreateFromPem(certificate.Pem);

        Assert.All(
            [pem, pem + "\n", pem.Replace("\n", "\r\n"), body, body + "\n", body.Replace("\n", ""), body.Replace("\n", " ")],
            text => Assert.Equal(PublicKeys.IdOf(parsed.PublicKey), PublicKeys.IdOf(text)));
        Assert.NotEqual(PublicKeys.IdOf(Rsa.PublicKeyPem), PublicKeys.IdOf(Ecdsa.PublicKeyPem));
        Assert.Equal(PublicKeys.IdOf(pem), PublicKeys.IdOf(certificate.Renewed().PublicKeyPem));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PUBLICKEYHERE")]
    [InlineData("AAAA")]
    [InlineData("-----BEGIN PUBLIC KEY-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\"; }\n  server evil 10.0.0.1:80")]
    public void What_is_no_key_has_none(string text) => Assert.Null(PublicKeys.IdOf(text));

    [Fact]
    public void A_point_that_is_not_on_its_curve_is_no_key()
    {
        var der = Convert.FromBase64String(string.Concat(Ecdsa.PublicKeyPem.Split('\n')[1..^1]));
        der[^1] ^= 1;

        Assert.Null(PublicKeys.IdOf(Convert.ToBase64String(der)));
        Assert.Equal(64, PublicKeys.IdOf(PublicKey.CreateFromSubjectPublicKeyInfo(der, out _)).Length);
    }

    [Fact]
    public void A_certificate_a_private_key_or_two_keys_are_no_public_key() => Assert.All(
        [Rsa.Pem, Rsa.KeyPem, Rsa.PublicKeyPem + "\n" + Ecdsa.PublicKeyPem, "x" + Rsa.PublicKeyPem],
        text => Assert.Null(PublicKeys.IdOf(text)));
}
