using CloudLb.Core.KeySets;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Status;

/// <summary>What a request must show before an action, in words.</summary>
internal static class GateReasons
{
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
