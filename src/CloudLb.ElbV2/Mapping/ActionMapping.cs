using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Actions: each is read by its type with what AWS takes when nothing is said, and shown in both shapes where AWS does.</summary>
internal static class ActionMapping
{
    private static readonly string[] Last = ["forward", "redirect", "fixed-response"], Gates = ["jwt-validation", "authenticate-oidc"];

    /// <summary>All types, in the order in which AWS names them.</summary>
    private const string Carried = "redirect,fixed-response,forward,authenticate-oidc,jwt-validation";

    /// <param name="actions">The request's.</param>
    /// <param name="caller">Whose target groups they may name.</param>
    /// <param name="type">Of the load balancer.</param>
    /// <param name="quotas">How many groups an action may name.</param>
    /// <param name="seal">Seals a secret for the load balancer.</param>
    public static EquatableArray<ListenerAction> ToDomain(
        this IReadOnlyList<Wire.Action> actions, Caller caller, LoadBalancerType type, Quotas quotas, Func<string, SealedText> seal)
    {
        if (actions.Count == 0)
        {
            throw Invalid("An action must be specified");
        }

        if (actions.Count > 1 && actions.Any(action => action.Order is null))
        {
            throw Invalid("When you specify multiple actions, you must specify an order for each action");
        }

        foreach (var action in actions)
        {
            CheckType(action.Type, type);
        }

        CheckTogether(actions);
        return actions.OrderBy(action => action.Order).Select(action => ToDomain(action, caller, type, quotas, seal)).ToEquatableArray();
    }

    public static IReadOnlyList<Wire.Action> ToWire(this EquatableArray<ListenerAction> actions, LoadBalancerType type) =>
        [.. actions.Select(action => ToWire(action, type))];

    /// <summary>One of those that decide, the last of all, and before it one at most of those that ask a request for something.</summary>
    private static void CheckTogether(IReadOnlyList<Wire.Action> actions)
    {
        var last = actions.Where(action => Last.Contains(action.Type)).ToList();
        if (last.Count > 1 || actions.Count - last.Count > 1)
        {
            throw Invalid($"Action types '{string.Join(',', actions.Select(action => action.Type))}' cannot be specified together");
        }

        if (last.Count == 0)
        {
            throw Invalid($"An action of type '{string.Join("', '", Last)}' must be specified");
        }

        if (actions.Any(action => action != last[0] && action.Order >= last[0].Order))
        {
            throw Invalid($"An action of type '{last[0].Type}' must have a higher order than all other actions");
        }
    }

    private static void CheckType(string action, LoadBalancerType type)
    {
        if (!Last.Contains(action) && !Gates.Contains(action))
        {
            // AWS's words where a region has no Cognito, by which clients know it.
            throw Invalid($"Action type '{ResourceNames.Cut(action)}' must be one of '{Carried}'");
        }

        if (type == LoadBalancerType.Network && action != "forward")
        {
            throw Errors.InvalidLoadBalancerAction.Because($"The action type '{action}' is not valid with network load balancer");
        }
    }

    private static ListenerAction ToDomain(
        Wire.Action action, Caller caller, LoadBalancerType type, Quotas quotas, Func<string, SealedText> seal) => action.Type switch
    {
        "redirect" => RedirectMapping.ToDomain(action.RedirectConfig ?? throw Missing("redirect", "RedirectConfig")) with
        {
            Order = action.Order,
        },
        "fixed-response" => FixedResponseMapping.ToDomain(
            action.FixedResponseConfig ?? throw Missing("fixed-response", "FixedResponseConfig")) with
        {
            Order = action.Order,
        },
        "jwt-validation" => JwtValidationMapping.ToDomain(
            action.JwtValidationConfig ?? throw Missing("jwt-validation", "JwtValidationConfig")) with
        {
            Order = action.Order,
        },
        "authenticate-oidc" => AuthenticateOidcMapping.ToDomain(
            action.AuthenticateOidcConfig ?? throw Missing("authenticate-oidc", "AuthenticateOidcConfig"), seal) with
        {
            Order = action.Order,
        },
        _ => ForwardMapping.ToDomain(action, caller, type, quotas) with { Order = action.Order },
    };

    private static Wire.Action ToWire(ListenerAction action, LoadBalancerType type) => action switch
    {
        ForwardAction forward => ForwardMapping.ToWire(forward, type),
        RedirectAction redirect => new() { Type = "redirect", Order = redirect.Order, RedirectConfig = RedirectMapping.ToWire(redirect) },
        FixedResponseAction response => new()
        {
            Type = "fixed-response", Order = response.Order, FixedResponseConfig = FixedResponseMapping.ToWire(response),
        },
        JwtValidationAction jwt => new()
        {
            Type = "jwt-validation", Order = jwt.Order, JwtValidationConfig = JwtValidationMapping.ToWire(jwt),
        },
        AuthenticateOidcAction oidc => new()
        {
            Type = "authenticate-oidc", Order = oidc.Order, AuthenticateOidcConfig = AuthenticateOidcMapping.ToWire(oidc),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static ServiceException Missing(string type, string field) =>
        Invalid($"For actions of type '{type}', you must specify the following fields: '{field}'");

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
