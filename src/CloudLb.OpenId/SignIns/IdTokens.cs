using CloudLb.Core.SignIns;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CloudLb.OpenId.SignIns;

/// <summary>Looks at ID tokens: issuer, audience, time, and whether it is of this sign-in.</summary>
internal sealed class IdTokens(TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>Whom it is of.</summary>
    /// <exception cref="SignInException">It is not to be trusted.</exception>
    public async Task<string> ReadAsync(SignIn signIn, SignInState state, string idToken)
    {
        var result = await Handler.ValidateTokenAsync(idToken, new TokenValidationParameters
        {
            ValidIssuer = signIn.Issuer,
            ValidAudience = signIn.ClientId,
            LifetimeValidator = (_, expires, _, _) => expires is { } until && until > clock.GetUtcNow().UtcDateTime - Skew,

            // It came over TLS from the provider itself, which stands for its signature (OpenID Connect Core 3.1.3.7). An action names no
            // keys at AWS.
            SignatureValidator = (token, _) => new JsonWebToken(token) is { Alg: { Length: > 0 } and not "none" } read
                ? read
                : throw new SecurityTokenInvalidSignatureException("It is not signed."),
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken { Subject.Length: > 0 } valid)
        {
            throw Wrong("its ID token is of another issuer or client, not in force, or none", result.Exception);
        }

        if (valid.Audiences.Count() > 1 && Claim(valid, "azp") != signIn.ClientId)
        {
            throw Wrong("its ID token is for several clients, and this is not the one that asked");
        }

        return Claim(valid, "nonce") is null or { Length: 0 } || Claim(valid, "nonce") == state.TokenNonce
            ? valid.Subject
            : throw Wrong("its ID token is of another sign-in");
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var text) ? text : null;

    private static SignInException Wrong(string message, Exception? inner = null) =>
        new(SignInException.OfProvider, "AuthInvalidIdToken", message, inner);
}
