using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Resources;

namespace CloudLb.ElbV2.Domain;

/// <summary>The secrets that providers know CloudLb by. Each is sealed for a load balancer, and is of no use to another.</summary>
internal sealed class ClientSecrets(ITextSealer sealer)
{
    /// <summary>Seals those of a load balancer.</summary>
    public Func<string, SealedText> Sealing(Arn loadBalancer) => secret => sealer.Seal(OwnerOf(loadBalancer), secret);

    public string Unseal(Arn loadBalancer, SealedText secret) => sealer.Unseal(OwnerOf(loadBalancer), secret);

    /// <summary>
    /// The actions with the secret that there is where it is to stay, or is the same, which sealed once more would look like another.
    /// </summary>
    /// <param name="loadBalancer">Whose they are.</param>
    /// <param name="actions">As they are to be.</param>
    /// <param name="before">As they are.</param>
    public EquatableArray<ListenerAction> Settle(
        Arn loadBalancer, EquatableArray<ListenerAction> actions, EquatableArray<ListenerAction> before)
    {
        var kept = before.OfType<AuthenticateOidcAction>().Select(action => action.ClientSecret).FirstOrDefault();
        return actions.Select(action => action is not AuthenticateOidcAction oidc
            ? action
            : oidc.ClientSecret is not { } given
            ? oidc with { ClientSecret = kept ?? throw None() }
            : kept is not null && Unseal(loadBalancer, kept) == Unseal(loadBalancer, given) ? oidc with { ClientSecret = kept } : oidc)
            .ToEquatableArray();
    }

    /// <summary>All in a listener.</summary>
    public static IEnumerable<(string Owner, SealedText Text)> In(Listener listener) => listener.Rules
        .Select(rule => rule.Actions)
        .Append(listener.DefaultActions)
        .SelectMany(actions => actions.OfType<AuthenticateOidcAction>())
        .Select(action => (OwnerOf(listener.Arn.LoadBalancer), action.ClientSecret!));

    private static string OwnerOf(Arn loadBalancer) => loadBalancer.ToString();

    private static ServiceException None() => CommonErrors.ValidationError.Because(
        "You cannot use an existing client secret, as there is no action of type 'authenticate-oidc' that has one");
}
