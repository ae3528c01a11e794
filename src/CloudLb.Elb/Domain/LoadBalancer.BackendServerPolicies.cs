using CloudLb.Core;
using CloudLb.Core.Certificates;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>The policies that are on at an instance port, in the order they were given.</summary>
    public IEnumerable<Policy> PoliciesOfInstancePort(int instancePort) =>
        (BackendServerPolicies.FirstOrDefault(server => server.InstancePort == instancePort)?.PolicyNames ?? []).Select(GetPolicy);

    /// <summary>TCP and SSL connections to the instance port begin with a line that tells who the client is.</summary>
    public bool IsProxyProtocolOn(int instancePort) => PoliciesOfInstancePort(instancePort).Any(
        policy => policy.TypeName == PolicyTypes.ProxyProtocol && policy.Attributes.Any(attribute => attribute.IsTrue));

    /// <summary>
    /// The ids of the public keys of which an instance must show one on the instance port: those of every authentication policy that is on
    /// there. Null where none is on.
    /// </summary>
    public EquatableArray<string>? AcceptedKeysOf(int instancePort)
    {
        var authentications = PoliciesOfInstancePort(instancePort)
            .Where(policy => policy.TypeName == PolicyTypes.BackendServerAuthentication)
            .ToList();
        return authentications.Count == 0 ? null : authentications
            .SelectMany(policy => policy.FindAll(PolicyTypes.PublicKeyPolicyName))
            .SelectMany(name => GetPolicy(name).FindAll(PolicyTypes.PublicKeyAttribute))
            .Select(PublicKeys.IdOf)
            .OfType<string>()
            .Distinct().Order(StringComparer.Ordinal).ToEquatableArray();
    }

    /// <summary>
    /// Replaces the policies of an instance port, for every listener that uses it; an empty list clears, also for a port without a
    /// listener.
    /// </summary>
    /// <remarks>Kubernetes' AWS provider clears the policies of ports whose listeners it has deleted before.</remarks>
    public LoadBalancer WithPoliciesForBackendServer(int instancePort, IReadOnlyCollection<string> policyNames)
    {
        var policies = policyNames.Distinct().Select(GetPolicy).ToList();
        var listeners = Listeners.Where(listener => listener.InstancePort == instancePort).ToList();
        if (policies.Count > 0 && listeners.Count == 0)
        {
            throw Errors.InvalidConfigurationRequest.Because(
                $"There is no listener with instance port {instancePort} for load balancer {Key.Name}");
        }

        foreach (var policy in policies)
        {
            CheckEnabled(policy, instancePort, listeners);
        }

        return this with
        {
            BackendServerPolicies = BackendServerPolicies
                .Where(server => server.InstancePort != instancePort)
                .Append(new(instancePort, policies.Select(policy => policy.Name).ToEquatableArray()))
                .Where(server => server.PolicyNames.Count > 0)
                .OrderBy(server => server.InstancePort)
                .ToEquatableArray(),
        };
    }

    /// <summary>
    /// AWS's form for what is not possible (fog-aws#193), and after it the reason where the kind of policy alone is none.
    /// </summary>
    private void CheckEnabled(Policy policy, int instancePort, List<Listener> listeners)
    {
        switch (policy.TypeName)
        {
            case PolicyTypes.ProxyProtocol when listeners.Count > 0 && listeners.All(listener => listener.IsHttp):
                throw CannotBeEnabled(
                    policy.Name,
                    $"the listeners with instance port {instancePort} are HTTP or HTTPS, and the PROXY protocol goes with TCP and SSL " +
                    $"listeners only");
            case PolicyTypes.BackendServerAuthentication when listeners.FirstOrDefault(listener => !listener.IsInstanceSecure) is { } plain:
                throw CannotBeEnabled(
                    policy.Name,
                    $"the InstanceProtocol of instance port {instancePort} is {plain.InstanceProtocol}, and authentication needs HTTPS " +
                    $"or SSL");
            case PolicyTypes.BackendServerAuthentication when MissingKey(policy) is { } key:
                throw CannotBeEnabled(policy.Name, $"there is no policy with name {key}, which it names");
            case PolicyTypes.ProxyProtocol or PolicyTypes.BackendServerAuthentication:
                break;
            default:
                throw CannotBeEnabled(policy.Name);
        }
    }

    /// <summary>
    /// The first public key that the policy names and that is not there: one can be deleted while no policy that names it is on.
    /// </summary>
    private string? MissingKey(Policy authentication) =>
        authentication.FindAll(PolicyTypes.PublicKeyPolicyName).FirstOrDefault(name => FindPolicy(name) is null);

    /// <summary>An instance port whose instances must prove who they are takes no plain listener, which would ask for no proof.</summary>
    private void CheckAuthentication(Listener listener)
    {
        if (!listener.IsInstanceSecure
            && PoliciesOfInstancePort(listener.InstancePort).FirstOrDefault(
                policy => policy.TypeName == PolicyTypes.BackendServerAuthentication) is { } policy)
        {
            throw CannotBeEnabled(
                policy.Name,
                $"the listener with port {listener.LoadBalancerPort} has InstanceProtocol {listener.InstanceProtocol}, and " +
                $"authentication needs HTTPS or SSL");
        }
    }
}
