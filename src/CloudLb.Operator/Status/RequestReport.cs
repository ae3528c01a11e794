using CloudLb.Cli.Control;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Told;

namespace CloudLb.Operator.Status;

/// <summary>Asks the API of a load balancer where a request would go.</summary>
internal sealed class RequestReport(IEnumerable<IToldLoadBalancers> apis, IEnumerable<IToldRoutes> routes)
{
    /// <summary>Null when there is no such load balancer with rules.</summary>
    public RequestExplanation? Explain(AccountId account, string region, string name, ToldRequest request)
    {
        var found = apis.Select(api => api.Find(account, region, name)).OfType<ToldLoadBalancer>();
        foreach (var loadBalancer in found)
        {
            if (routes.Select(each => each.Follow(loadBalancer.Id, request)).OfType<ToldRoute>().FirstOrDefault() is { } route)
            {
                return Show(loadBalancer, route);
            }
        }

        return null;
    }

    private static RequestExplanation Show(ToldLoadBalancer loadBalancer, ToldRoute route) => new()
    {
        Account = loadBalancer.Id.Account.ToString(),
        Region = loadBalancer.Id.Region,
        LoadBalancer = loadBalancer.Id.Name,
        IsAnswered = route.IsAnswered,
        Rule = route.Rule,
        RuleArn = route.RuleId,
        Action = route.Action,
        TargetGroups = [.. route.Groups.Select(group => new RequestShare(group.Name, group.Weight, group.Targets, group.InService))],
        Summary = route.Summary,
        Reasons = route.Reasons,
    };
}
