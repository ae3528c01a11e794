using System.Buffers.Text;
using System.Security.Cryptography;
using CloudLb.OpenId.Fetching;
using CloudLb.OpenId.KeySets;

namespace CloudLb.Tests.Unit.OpenId;

/// <summary>Which keys are taken of what a provider answers.</summary>
public sealed class KeySetTextTests
{
    private static readonly string Plain = Key(2048);

    [Fact]
    public void Keys_for_RS256_are_taken_and_others_passed_over()
    {
        var keys = KeySetText.Read(
            $$"""
            { "more": 1, "keys": [
              {"kid":"a","use":"sig","alg":"RS256",{{Plain}}},
              {{{Plain}}},
              {"kid":"c","use":"enc",{{Plain}}},
              {"kid":"d","alg":"PS256",{{Plain}}},
              {"kid":"e",{{Key(1024)}}},
              {"kid":"f","kty":"EC","crv":"P-256","x":"AA","y":"AA"},
              {"kid":"g","kty":"oct","k":"AAAA"},
              {"kid":"h","kty":"RSA","n":"?","e":"AQAB"},
              {"kid":"i","kty":"RSA","e":"AQAB"},
              {"kid":"j\nk",{{Plain}}}
            ] }
            """);

        Assert.Equal(["a", null], keys.Select(key => key.Id));
        Assert.All(keys, key => Assert.StartsWith("-----BEGIN PUBLIC KEY-----\n", key.Pem));
    }

    [Theory]
    [InlineData("gAAAAAAAAAE", 1)]
    [InlineData("AQAAAAAAAAAB", 0)]
    public void A_key_whose_public_exponent_makes_each_look_at_a_token_long_is_passed_over(string exponent, int taken) => Assert.Equal(
        taken, KeySetText.Read($"{{\"keys\":[{{{Plain.Replace("AQAB", exponent, StringComparison.Ordinal)}}}]}}").Count);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("{\"keys\":7}")]
    public void What_is_no_key_set_is_refused(string text) => Assert.Throws<FetchException>(() => KeySetText.Read(text));

    [Fact]
    public void More_than_ten_keys_are_refused() => Assert.Throws<FetchException>(() =>
        KeySetText.Read($"{{\"keys\":[{string.Join(',', Enumerable.Repeat($"{{{Plain}}}", 11))}]}}"));

    private static string Key(int bits)
    {
        using var rsa = RSA.Create(bits);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return $"\"kty\":\"RSA\",\"n\":\"{Base64Url.EncodeToString(parameters.Modulus)}\",\"e\":\"AQAB\"";
    }
}
