using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>Actions: each is read by its type with what AWS takes when nothing is said, and shown in both shapes where AWS does.</summary>
internal static class ActionMapping
{
    private static readonly string[] Last = ["forward", "redirect", "fixed-response"];

    /// <param name="actions">The request's.</param>
    /// <param name="caller">Whose target groups they may name.</param>
    /// <param name="type">Of the load balancer.</param>
    /// <param name="quotas">How many groups an action may name.</param>
    public static EquatableArray<ListenerAction> ToDomain(
        this IReadOnlyList<Wire.Action> actions, Caller caller, LoadBalancerType type, Quotas quotas)
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

        return actions.Count == 1
            ? [ToDomain(actions[0], caller, type, quotas)]
            : throw Invalid(
                $"Action types '{string.Join(',', actions.Select(action => action.Type))}' cannot be specified together");
    }

    public static IReadOnlyList<Wire.Action> ToWire(this EquatableArray<ListenerAction> actions, LoadBalancerType type) =>
        [.. actions.Select(action => ToWire(action, type))];

    private static void CheckType(string action, LoadBalancerType type)
    {
        if (!Last.Contains(action))
        {
            throw Errors.InvalidLoadBalancerAction.Because($"The action type '{action}' is not supported");
        }

        if (type == LoadBalancerType.Network && action != "forward")
        {
            throw Errors.InvalidLoadBalancerAction.Because($"The action type '{action}' is not valid with network load balancer");
        }
    }

    private static ListenerAction ToDomain(Wire.Action action, Caller caller, LoadBalancerType type, Quotas quotas) => action.Type switch
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
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static ServiceException Missing(string type, string field) =>
        Invalid($"For actions of type '{type}', you must specify the following fields: '{field}'");

    private static ServiceException Invalid(string message) => CommonErrors.ValidationError.Because(message);
}
