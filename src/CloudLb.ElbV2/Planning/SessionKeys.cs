using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>
/// What sessions of an action are encrypted with. It follows from the load balancer and from what the action says of the provider, so that
/// actions that say the same share sessions, and no others do. Nothing of it is kept.
/// </summary>
internal sealed class SessionKeys(ITextSealer sealer)
{
    /// <summary>Of sessions: 32 bytes in base64.</summary>
    public string Of(Arn loadBalancer, AuthenticateOidcAction action) => Derive("session", loadBalancer, action);

    /// <summary>Of what a provider is given along.</summary>
    public string OfState(Arn loadBalancer, AuthenticateOidcAction action) => Derive("state", loadBalancer, action);

    /// <summary>What the gate of a rule is known by.</summary>
    public static string IdOf(Arn rule) => string.Join('-', rule.Path.Split('/').Skip(2));

    // No part has a line break in it.
    private string Derive(string purpose, Arn loadBalancer, AuthenticateOidcAction action) =>
        Convert.ToBase64String(sealer.Derive(string.Join(
            '\n',
            [
                purpose, loadBalancer.ToString(), action.Issuer, action.AuthorizationEndpoint, action.TokenEndpoint,
                action.UserInfoEndpoint, action.ClientId, action.SessionCookieName, action.Scope,
                .. action.ExtraParameters.SelectMany(parameter => new[] { parameter.Name, parameter.Value }),
            ])));
}
