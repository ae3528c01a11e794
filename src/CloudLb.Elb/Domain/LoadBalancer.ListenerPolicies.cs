using CloudLb.Core;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>The policies that are on at the listener of a port, in the order they were given.</summary>
    public IEnumerable<Policy> PoliciesOfListener(int loadBalancerPort) => PolicyNamesOfListener(loadBalancerPort).Select(GetPolicy);

    public EquatableArray<string> PolicyNamesOfListener(int loadBalancerPort)
    {
        foreach (var listener in ListenerPolicies)
        {
            if (listener.LoadBalancerPort == loadBalancerPort)
            {
                return listener.PolicyNames;
            }
        }

        return [];
    }

    /// <summary>What the secure listener of a port offers its clients.</summary>
    public SslNegotiation NegotiationOfListener(int loadBalancerPort) =>
        SslNegotiation.Of(PoliciesOfListener(loadBalancerPort).First(policy => policy.TypeName == PolicyTypes.SslNegotiation));

    /// <summary>
    /// Replaces the policies of a listener. What is not named is switched off; a secure listener always has a negotiation policy.
    /// </summary>
    /// <param name="stickinessKey">What <see cref="StickinessKey"/> becomes when cookies are made for the first time.</param>
    public LoadBalancer WithPoliciesOfListener(int loadBalancerPort, IReadOnlyCollection<string> policyNames, string stickinessKey)
    {
        var listener = Listeners.FirstOrDefault(candidate => candidate.LoadBalancerPort == loadBalancerPort)
            ?? throw Errors.ListenerNotFound.Because($"There is no listener with port {loadBalancerPort} for load balancer {Key.Name}");
        var policies = policyNames.Distinct().Select(GetPolicy).ToList();
        foreach (var policy in policies)
        {
            CheckEnabled(policy, listener);
        }

        var isSticky = CheckOnlyOne(
            policies.Where(policy => PolicyTypes.IsCookieStickiness(policy.TypeName)), "stickiness", loadBalancerPort);
        CheckOnlyOne(policies.Where(policy => policy.TypeName == PolicyTypes.SslNegotiation), "SSL negotiation", loadBalancerPort);

        var next = WithNames(loadBalancerPort, policies.Select(policy => policy.Name)).WithNegotiationPolicies();
        return isSticky ? next with { StickinessKey = StickinessKey ?? stickinessKey } : next;
    }

    /// <summary>
    /// Switches the default negotiation policy on, and makes it, for every secure listener that has no negotiation policy.
    /// </summary>
    private LoadBalancer WithNegotiationPolicies()
    {
        var next = this;
        foreach (var listener in Listeners.Where(listener => listener.IsSecure))
        {
            if (next.PoliciesOfListener(listener.LoadBalancerPort).Any(policy => policy.TypeName == PolicyTypes.SslNegotiation))
            {
                continue;
            }

            var name = PredefinedPolicies.DefaultName;
            next = next.FindPolicy(name) is null ? next.Added(new() { Name = name, TypeName = PolicyTypes.SslNegotiation }) : next;
            next = next.WithNames(listener.LoadBalancerPort, next.PolicyNamesOfListener(listener.LoadBalancerPort).Append(name));
        }

        return next;
    }

    private LoadBalancer WithNames(int loadBalancerPort, IEnumerable<string> policyNames) => this with
    {
        ListenerPolicies = ListenerPolicies
            .Where(listener => listener.LoadBalancerPort != loadBalancerPort)
            .Append(new(loadBalancerPort, policyNames.ToEquatableArray()))
            .Where(listener => listener.PolicyNames.Count > 0)
            .OrderBy(listener => listener.LoadBalancerPort)
            .ToEquatableArray(),
    };

    private static void CheckEnabled(Policy policy, Listener listener)
    {
        var isPossible = policy.TypeName switch
        {
            PolicyTypes.AppCookieStickiness or PolicyTypes.LBCookieStickiness => listener.IsHttp,
            PolicyTypes.SslNegotiation => listener.IsSecure,
            _ => false,
        };
        if (!isPossible)
        {
            throw CannotBeEnabled(policy.Name);
        }
    }

    /// <summary>Whether there is one; AWS has at most one of a kind in effect.</summary>
    private static bool CheckOnlyOne(IEnumerable<Policy> policies, string kind, int loadBalancerPort) => policies.Count() switch
    {
        0 => false,
        1 => true,
        _ => throw Errors.InvalidConfigurationRequest.Because(
            $"Only one {kind} policy can be enabled for the listener with port {loadBalancerPort}"),
    };

    /// <param name="policyName">The policy.</param>
    /// <param name="reason">Null where it is the policy's kind, of which AWS says no more (fog-aws#193).</param>
    private static ServiceException CannotBeEnabled(string policyName, string? reason = null) =>
        Errors.InvalidConfigurationRequest.Because($"{policyName} cannot be enabled{(reason is null ? "" : $": {reason}")}");
}
