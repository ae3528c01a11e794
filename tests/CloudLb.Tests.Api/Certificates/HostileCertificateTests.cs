using CloudLb.Iam.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Api.Certificates;

/// <summary>
/// Whatever is uploaded as a certificate, a chain or a key: it is taken, or refused in AWS's words, and a refusal never shows the key.
/// </summary>
public sealed class HostileCertificateTests(SecureServer server) : IClassFixture<SecureServer>
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(300);

    private static readonly TestCertificate Root = TestCertificate.SelfSigned("root", isEcdsa: true);
    private static readonly TestCertificate Leaf = Root.Issue("web.example.com", isEcdsa: true);

    private static readonly string[] Codes =
    [
        "MalformedCertificate", "KeyPairMismatch", "ValidationError", "EntityAlreadyExists", "InvalidInput", "LimitExceeded",
    ];

    private static readonly Gen<(string Name, string Body, string? Chain, string Key)> Uploads =
        from name in Gen.Frequency((2, Gen.Elements("hostile-1", "hostile-2")), (1, HostileValues.Of(HostileValues.Names)))
        from body in Damaged(Leaf.Pem)
        from chain in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, Damaged(Root.Pem).Select(text => (string?)text)))
        from key in Damaged(Leaf.KeyPem)
        select (name, body, chain, key);

    [Fact]
    public void An_upload_is_taken_or_refused_in_AWS_s_words() => Check.One(Runs, Prop.ForAll(Uploads.ToArbitrary(), upload =>
    {
        try
        {
            server.CallAsync(IamContract.Service, IamContract.UploadServerCertificate, new()
            {
                ServerCertificateName = upload.Name, CertificateBody = upload.Body, CertificateChain = upload.Chain,
                PrivateKey = upload.Key,
            }).GetAwaiter().GetResult();
        }
        catch (ServiceRefusal refusal)
        {
            Assert.InRange(refusal.Error.Status, 400, 499);
            Assert.Contains(refusal.Error.Code, Codes);
            Assert.DoesNotContain(Leaf.KeyPem.Split('\n')[1], refusal.Text, StringComparison.Ordinal);
        }
    }));

    /// <summary>The text as it is, with one character changed, without some, with others put in, or something else altogether.</summary>
    private static Gen<string> Damaged(string text)
    {
        var any = ArbMap.Default.GeneratorFor<char>();
        return Gen.Frequency(
            (3, Gen.Constant(text)),
            (
                3,
                from place in Gen.Choose(0, text.Length - 1) from character in Gen.Elements(
                    "A/+=-\n\0é ".ToCharArray()).Or(any) select $"{text[..place]}{character}{text[(place + 1)..]}"),
            (
                2,
                from first in Gen.Choose(0, text.Length) from second in Gen.Choose(0, text.Length) select text.Remove(
                    Math.Min(first, second), Math.Abs(first - second))),
            (
                1,
                from place in Gen.Choose(0, text.Length) from piece in HostileValues.Of(
                    HostileValues.Certificates) select text.Insert(place, piece)),
            (2, HostileValues.Of(HostileValues.Certificates)));
    }
}
