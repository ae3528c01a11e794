using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudLb.Core.SignIns;
using CloudLb.OpenId.SignIns;

namespace CloudLb.Tests.Unit.OpenId;

/// <summary>What clients carry: states, sessions, and what targets are told of them.</summary>
public sealed class SealedTests : ISignIns
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly SignIn SignIn = new()
    {
        Id = "a-b-c", LoadBalancer = "a", Account = new("123456789012"), Signer = "arn", Issuer = "https://id.test",
        AuthorizationEndpoint = "https://id.test/a", TokenEndpoint = "https://id.test/t", UserInfoEndpoint = "https://id.test/u",
        ClientId = "web", ClientSecret = "secret", Scope = "openid", SessionTimeout = TimeSpan.FromHours(1), Cookie = "S",
        Key = Key(), StateKey = Key(),
    };

    public bool AreAny => true;

    public SignIn? Find(string id) => id == SignIn.Id ? SignIn : null;

    [Fact]
    public void A_state_is_opened_as_it_was_and_no_other_text_is_one()
    {
        var state = SignInState.New(Now, "web.test:8443", "/a|b?c=|d");
        var text = state.SealedFor(SignIn);

        Assert.Equal((SignIn, state), SignInState.Open(this, text));
        Assert.NotEqual(text, state.SealedFor(SignIn));
        Assert.NotEqual(state.Nonce, state.TokenNonce);
        var session = Sealed.Seal(SignIn.Key, $"{state.Nonce}|1|web.test|/");
        foreach (var none in new[]
        {
            "", ".", "a", "a-b-c.", "a-b-c...", "a-b-d" + text[5..], $"a-b-c.{session}", text[..^4], text.Replace('.', '|'), $"{text}.",
            $"a-b-c.{Sealed.Seal(SignIn.StateKey, "nonce|1|host")}", $"a-b-c.{Sealed.Seal(SignIn.StateKey, "nonce|x|host|/")}",
        })
        {
            Assert.Null(SignInState.Open(this, none));
        }
    }

    [Fact]
    public void A_long_address_is_not_carried_along() => Assert.Equal(
        ("/" + new string('a', 2047), "/"),
        (SignInState.New(Now, "a", "/" + new string('a', 2047)).Target, SignInState.New(Now, "a", "/" + new string('a', 2048)).Target));

    [Theory]
    [InlineData(100, 1)]
    [InlineData(4000, 2)]
    [InlineData(5500, 3)]
    [InlineData(7000, 4)]
    public void A_session_has_as_many_cookies_as_it_needs_and_ends_those_of_an_earlier_one(int length, int count)
    {
        var cookies = SessionCookies.Of(SignIn, Now, "somebody", "token", new('d', length))!;

        Assert.Equal(4, cookies.Count);
        Assert.All(cookies.Take(count), cookie => Assert.EndsWith(
            "; Expires=Sun, 01 Mar 2026 10:00:00 GMT; Path=/; HttpOnly; Secure; SameSite=None", cookie, StringComparison.Ordinal));
        Assert.All(cookies.Skip(count), cookie => Assert.Contains(
            "=; Expires=Thu, 01 Jan 1970 00:00:00 GMT;", cookie, StringComparison.Ordinal));
        var text = string.Concat(cookies.Take(count).Select(cookie => cookie[(cookie.IndexOf('=') + 1)..cookie.IndexOf(';')]));
        Assert.StartsWith($"{Now.ToUnixTimeSeconds()}|c29tZWJvZHk=|", Sealed.Open(SignIn.Key, text), StringComparison.Ordinal);
        Assert.Null(Sealed.Open(SignIn.StateKey, text));
    }

    [Theory]
    [InlineData("some\r\nbody", 1)]
    [InlineData("é", 1)]
    [InlineData("somebody", 9000)]
    public void What_is_no_header_or_finds_no_room_makes_no_session(string identity, int length) =>
        Assert.Null(SessionCookies.Of(SignIn, Now, identity, "token", new('d', length)));

    [Fact]
    public void Claims_are_signed_with_a_key_that_follows_from_its_secret()
    {
        var secret = Enumerable.Repeat((byte)0xff, 32).ToArray();
        using var signer = ClaimSigner.Of(secret);
        using var again = ClaimSigner.Of(secret);
        using var other = ClaimSigner.Of(new byte[32]);
        var parts = signer.Sign(SignIn, JsonDocument.Parse("""{"sub":"é","exp":1,"iss":"other"}""").RootElement, Now).Split('.');

        using var key = ECDsa.Create();
        key.ImportFromPem(again.PublicKeyPem);
        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256));
        Assert.Equal((signer.KeyId, signer.PublicKeyPem), (again.KeyId, again.PublicKeyPem));
        Assert.NotEqual(signer.KeyId, other.KeyId);
        var claims = JsonDocument.Parse(Bytes(parts[1])).RootElement;
        Assert.Equal(
            ("é", Now.ToUnixTimeSeconds(), "https://id.test"),
            (claims.GetProperty("sub").GetString(), claims.GetProperty("exp").GetInt64(), claims.GetProperty("iss").GetString()));
        Assert.Equal(
            $$"""{"typ":"JWT","kid":"{{signer.KeyId}}","alg":"ES256","iss":"https://id.test","client":"web",""" +
            "\"signer\":\"arn\",\"exp\":1772359200}",
            Encoding.UTF8.GetString(Bytes(parts[0])));
    }

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static byte[] Bytes(string part) => Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/'));
}
