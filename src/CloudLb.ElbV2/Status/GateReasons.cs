using CloudLb.Core.KeySets;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Status;

/// <summary>What a client must show before a rule is looked for, and a request before an action, in words.</summary>
internal static class GateReasons
{
    /// <summary>What a listener asks of the certificates that its clients show; null where it asks for none.</summary>
    public static string? Of(MutualAuthentication? asked) => asked switch
    {
        null => null,
        { TrustStore: { } store } =>
            $"First of all the client must show a certificate that leads to one of the trust store {store.Name} and is not revoked " +
            $"{(asked.IgnoresExpiry ? "(whether it is out of date is not looked at)" : "or out of date")}; without it the TLS handshake " +
            "fails.",
        _ => "The client is asked for a certificate, and targets are told of whatever it shows; without one the request goes on.",
    };

    public static string Of(JwtValidationAction action, KeySet keys)
    {
        var claims = string.Concat(action.AdditionalClaims.Select(
            claim => $", with '{string.Join("' and '", claim.Values)}' in the claim '{claim.Name}'"));
        return $"First it must show a token of '{action.Issuer}'{claims}, signed with RS256 by {Keys(keys.Keys.Count)} of " +
            $"{action.JwksEndpoint}; without it the answer is 401." +
            (keys.Fault is { } fault ? $" These keys could not be fetched again: {fault}." : "");
    }

    public static string Of(AuthenticateOidcAction action)
    {
        var without = action.OnUnauthenticatedRequest switch
        {
            "deny" => "the answer is 401",
            "allow" => "it goes on, and targets are told of nobody",
            _ => $"the client is sent to {action.AuthorizationEndpoint}",
        };
        return $"First it must show a session of '{action.Issuer}', in cookies '{action.SessionCookieName}-0' to '-3'; without one " +
            $"{without}.";
    }

    private static string Keys(int count) => count switch
    {
        0 => "a key, and none is known yet,",
        1 => "the one key",
        _ => $"one of the {count} keys",
    };
}
