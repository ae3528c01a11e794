using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.Core.SignIns;
using CloudLb.ElbV2.Domain;

namespace CloudLb.ElbV2.Planning;

/// <summary>The actions of listeners by which clients are signed in.</summary>
internal sealed class SignIns(IResourceStore store, ClientSecrets secrets, SessionKeys keys) : ISignIns
{
    private volatile Seen? _seen;

    public bool AreAny => Current().Count > 0;

    public SignIn? Find(string id) => Current().TryGetValue(id, out var found) ? Of(id, found.Rule.LoadBalancer, found.Action) : null;

    private IReadOnlyDictionary<string, (Arn Rule, AuthenticateOidcAction Action)> Current()
    {
        var listeners = store.Current.Listeners;
        if (_seen is not { } seen || !ReferenceEquals(seen.Listeners, listeners))
        {
            _seen = seen = new(
                listeners, listeners.All.SelectMany(In).ToDictionary(each => SessionKeys.IdOf(each.Rule), StringComparer.Ordinal));
        }

        return seen.Actions;
    }

    private SignIn Of(string id, Arn loadBalancer, AuthenticateOidcAction action) => new()
    {
        Id = id,
        LoadBalancer = loadBalancer.Id,
        Account = loadBalancer.Account,
        Signer = loadBalancer.ToString(),
        Issuer = action.Issuer,
        AuthorizationEndpoint = action.AuthorizationEndpoint,
        TokenEndpoint = action.TokenEndpoint,
        UserInfoEndpoint = action.UserInfoEndpoint,
        ClientId = action.ClientId,
        ClientSecret = secrets.Unseal(loadBalancer, action.ClientSecret!),
        Scope = action.Scope,
        SessionTimeout = TimeSpan.FromSeconds(action.SessionTimeout),
        Cookie = action.SessionCookieName,
        Key = keys.Of(loadBalancer, action),
        StateKey = keys.OfState(loadBalancer, action),
        ExtraParameters = action.ExtraParameters
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))
            .ToEquatableArray(),
    };

    private static IEnumerable<(Arn Rule, AuthenticateOidcAction Action)> In(Listener listener) => listener.Rules
        .Select(rule => (rule.Arn, rule.Actions))
        .Append((listener.DefaultRule, listener.DefaultActions))
        .SelectMany(each => each.Item2.OfType<AuthenticateOidcAction>().Select(action => (each.Item1, action)));

    private sealed record Seen(
        ResourceCollection<Arn, Listener> Listeners, IReadOnlyDictionary<string, (Arn Rule, AuthenticateOidcAction Action)> Actions);
}
