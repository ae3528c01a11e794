using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    public Policy? FindPolicy(string name) => Policies.FirstOrDefault(policy => policy.Name == name);

    /// <summary>The policy, or AWS's PolicyNotFound.</summary>
    public Policy GetPolicy(string name) =>
        FindPolicy(name) ?? throw Errors.PolicyNotFound.Because($"There is no policy with name {name} for load balancer {Key.Name}");

    /// <summary>
    /// Adds a policy, which has no effect before it is set somewhere. The same one again changes nothing; another of its name is
    /// DuplicatePolicyName.
    /// </summary>
    /// <remarks>
    /// Kubernetes' AWS provider makes its proxy protocol policy anew at every pass and takes any error for a failure; the tests of
    /// Terraform's provider put cookie policies that drifted right by making them anew.
    /// </remarks>
    public LoadBalancer WithPolicy(Policy policy, Quotas quotas)
    {
        PolicyRules.CheckName(policy.Name);
        if (FindPolicy(policy.Name) is { } existing)
        {
            return existing.IsSameAs(policy)
                ? this
                : throw Errors.DuplicatePolicyName.Because($"Policy Name [{policy.Name}] already exists.");
        }

        PolicyRules.CheckAttributes(policy);
        foreach (var name in policy.FindAll(PolicyTypes.PublicKeyPolicyName))
        {
            if (FindPolicy(name)?.TypeName != PolicyTypes.PublicKey)
            {
                throw Errors.InvalidConfigurationRequest.Because(
                    $"There is no policy of type {PolicyTypes.PublicKey} with name {name} for load balancer {Key.Name}");
            }
        }

        return Policies.Count < quotas.Policies
            ? Added(policy)
            : throw Errors.TooManyPolicies.Because($"The maximum number of policies per load balancer is {quotas.Policies}.");
    }

    /// <summary>Removes a policy; one that is not there is no error, one that is on, or that one which is on names, is refused.</summary>
    public LoadBalancer WithoutPolicy(string name)
    {
        if (name.Length == 0)
        {
            throw CommonErrors.ValidationError.Because("PolicyName cannot be empty");
        }

        var enabled = ListenerPolicies.SelectMany(listener => listener.PolicyNames)
            .Concat(BackendServerPolicies.SelectMany(server => server.PolicyNames))
            .ToHashSet();
        var isReferred = Policies.Any(
            policy => enabled.Contains(policy.Name) && policy.FindAll(PolicyTypes.PublicKeyPolicyName).Contains(name));
        return enabled.Contains(name) || isReferred
            ? throw Errors.InvalidConfigurationRequest.Because(
                $"You cannot delete policy [{name}] since it is enabled or referred by other enabled policy.")
            : this with { Policies = Policies.Where(policy => policy.Name != name).ToEquatableArray() };
    }

    private LoadBalancer Added(Policy policy) =>
        this with { Policies = Policies.Add(policy).OrderBy(each => each.Name, StringComparer.Ordinal).ToEquatableArray() };
}
