using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudLb.Core.Certificates;
using CloudLb.Iam.Certificates;
using CloudLb.Tests.Unit.LoadBalancers;

namespace CloudLb.Tests.Unit.Certificates;

public sealed class CertificateUploadTests
{
    private const string NotPem = "Unable to parse certificate. Please ensure the certificate is in PEM format.";
    private const string NoKey = "Unable to parse the private key. Please ensure that it is an RSA key of 2048 to 4096 bits or an " +
        "ECDSA key of P-256, P-384 or P-521 in PEM format and is not encrypted.";

    private static readonly TestCertificate Root = TestCertificate.SelfSigned("root");
    private static readonly TestCertificate Intermediate = Root.Issue("intermediate", isEcdsa: true);
    private static readonly TestCertificate Leaf = Intermediate.Issue("web.example.com");
    private static readonly TestCertificate Ecdsa = TestCertificate.SelfSigned(isEcdsa: true);

    [Fact]
    public void RSA_and_ECDSA_keys_of_either_form_are_taken_and_kept_as_PKCS8()
    {
        Assert.Equal(Leaf.KeyPem, Check(Leaf.Pem, null, Leaf.KeyPem).PrivateKey);
        Assert.Equal(Leaf.KeyPem, Check(Leaf.Pem, null, Leaf.TraditionalKeyPem()).PrivateKey);
        Assert.StartsWith(
            "-----BEGIN PRIVATE KEY-----", Check(Ecdsa.Pem, null, Ecdsa.TraditionalKeyPem()).PrivateKey, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_begins_with_the_issuer_and_goes_on_in_order()
    {
        Check(Leaf.Pem, Intermediate.Pem, Leaf.KeyPem);
        Check(Leaf.Pem + "\n", $"\n{Intermediate.Pem}\r\n\r\n{Root.Pem}\n", Leaf.KeyPem);

        Assert.Equal(("MalformedCertificate", WrongAt(0)), Refusal(Leaf.Pem, Root.Pem + "\n" + Intermediate.Pem, Leaf.KeyPem));
        Assert.Equal(("MalformedCertificate", WrongAt(0)), Refusal(Leaf.Pem, Leaf.Pem + "\n" + Intermediate.Pem, Leaf.KeyPem));
        Assert.Equal(("MalformedCertificate", WrongAt(1)), Refusal(Leaf.Pem, Intermediate.Pem + "\n" + Ecdsa.Pem, Leaf.KeyPem));
    }

    [Fact]
    public void An_issuer_of_the_right_name_that_did_not_sign_is_refused()
    {
        var impostor = TestCertificate.SelfSigned("intermediate", isEcdsa: true);

        Assert.Equal(("MalformedCertificate", WrongAt(0)), Refusal(Leaf.Pem, impostor.Pem, Leaf.KeyPem));
    }

    [Fact]
    public void A_key_that_does_not_fit_is_a_mismatch()
    {
        const string Mismatch = "The private key does not match the certificate.";

        Assert.Equal(("KeyPairMismatch", Mismatch), Refusal(Leaf.Pem, null, Root.KeyPem));
        Assert.Equal(("KeyPairMismatch", Mismatch), Refusal(Leaf.Pem, null, Ecdsa.KeyPem));
        Assert.Equal(("KeyPairMismatch", Mismatch), Refusal(Ecdsa.Pem, null, Intermediate.KeyPem));
    }

    [Fact]
    public void What_is_no_unencrypted_private_key_is_refused()
    {
        foreach (var key in new[]
        {
            "nonsense",
            Leaf.Pem,
            Leaf.EncryptedKeyPem(),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        })
        {
            Assert.Equal(("MalformedCertificate", NoKey), Refusal(Leaf.Pem, null, key));
        }
    }

    [Fact]
    public void A_key_too_short_for_what_ends_TLS_is_refused()
    {
        var weak = TestCertificate.SelfSigned(keySize: 1024);

        Assert.Equal(("MalformedCertificate", NoKey), Refusal(weak.Pem, null, weak.KeyPem));
    }

    [Fact]
    public void A_key_so_long_that_handshakes_with_it_would_hold_up_others_is_refused()
    {
        var longest = TestCertificate.SelfSigned(keySize: 4096);
        var longer = TestCertificate.SelfSigned(keySize: 4104);

        Check(longest.Pem, null, longest.KeyPem);
        Assert.Equal(("MalformedCertificate", NoKey), Refusal(longer.Pem, null, longer.KeyPem));
    }

    [Theory]
    [InlineData("nistP256", true)]
    [InlineData("nistP384", true)]
    [InlineData("nistP521", true)]
    [InlineData("brainpoolP256r1", false)]
    [InlineData("brainpoolP512r1", false)]
    [InlineData("secP256k1", false)]
    public void A_key_of_a_curve_with_which_no_client_would_shake_hands_is_refused(string curve, bool isTaken)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using var certificate = new CertificateRequest("CN=web", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var (body, privateKey) = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());

        if (isTaken)
        {
            Check(body, null, privateKey);
        }
        else
        {
            Assert.Equal(("MalformedCertificate", NoKey), Refusal(body, null, privateKey));
        }
    }

    [Fact]
    public void A_key_whose_public_exponent_would_hold_up_others_is_refused()
    {
        using var key = WithLargeExponent();
        using var certificate = new CertificateRequest("CN=web", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));

        Assert.Equal(("MalformedCertificate", NoKey), Refusal(certificate.ExportCertificatePem(), null, key.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void What_is_not_one_PEM_certificate_is_refused()
    {
        var half = Leaf.Pem[..(Leaf.Pem.Length / 2)];
        foreach (var body in new[]
        {
            "nonsense",
            half,
            Leaf.Pem + "\n" + Root.Pem,
            "subject=web\n" + Leaf.Pem,
            Leaf.Pem + "\n" + Leaf.KeyPem,
            Leaf.KeyPem,
            Leaf.Pem.Replace("MI", "AA"),
        })
        {
            Assert.Equal(("MalformedCertificate", NotPem), Refusal(body, null, Leaf.KeyPem));
        }

        Assert.Equal(("MalformedCertificate", NotPem), Refusal(Leaf.Pem, "nonsense", Leaf.KeyPem));
        Assert.Equal(("MalformedCertificate", NotPem), Refusal(Leaf.Pem, " ", Leaf.KeyPem));
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(-30, -1)]
    public void A_certificate_must_be_valid_when_it_is_uploaded(int fromDays, int toDays)
    {
        var certificate = TestCertificate.SelfSigned(validFromDays: fromDays, validToDays: toDays);

        Assert.Equal("MalformedCertificate", Refusal(certificate.Pem, null, certificate.KeyPem).Code);
    }

    /// <summary>The largest exponent there is for two primes, which undoes itself.</summary>
    private static RSA WithLargeExponent()
    {
        static BigInteger Number(byte[]? bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
        using var usual = RSA.Create(2048);
        var parameters = usual.ExportParameters(includePrivateParameters: true);
        var (p, q) = (Number(parameters.P), Number(parameters.Q));
        var exponent = ((p - 1) * (q - 1) - 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        return RSA.Create(parameters with
        {
            Exponent = exponent,
            D = exponent,
            DP = (p - 2).ToByteArray(isUnsigned: true, isBigEndian: true),
            DQ = (q - 2).ToByteArray(isUnsigned: true, isBigEndian: true),
        });
    }

    private static string WrongAt(int index) =>
        "Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any " +
        $"intermediaries in order. The index within the chain of the invalid certificate is: {index}";

    private static (string Code, string Message) Refusal(string body, string? chain, string key) =>
        Sample.Refusal(() => Check(body, chain, key));

    private static CertificateUpload Check(string body, string? chain, string key) =>
        CertificateUpload.Check(body, chain, key, TimeProvider.System.GetUtcNow(), UploadRefusals.Of);
}
