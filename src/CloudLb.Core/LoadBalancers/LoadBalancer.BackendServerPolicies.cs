using CloudLb.Core.Certificates;
using CloudLb.Core.LoadBalancers.Policies;

namespace CloudLb.Core.LoadBalancers;

public sealed partial record LoadBalancer
{
    /// <summary>The policies that are on at an instance port, in the order they were given.</summary>
    public IEnumerable<Policy> PoliciesOfInstancePort(int instancePort) =>
        (BackendServerPolicies.FirstOrDefault(server => server.InstancePort == instancePort)?.PolicyNames ?? []).Select(GetPolicy);

    /// <summary>TCP and SSL connections to the instance port begin with a line that tells who the client is.</summary>
    public bool IsProxyProtocolOn(int instancePort) => PoliciesOfInstancePort(instancePort).Any(
        policy => policy.TypeName == PolicyTypes.ProxyProtocol && policy.Attributes.Any(attribute => attribute.IsTrue));

    /// <summary>
    /// The ids of the public keys of which an instance must show one on the instance port: those of every authentication policy that is on there. Null
    /// where none is on.
    /// </summary>
    public EquatableArray<string>? AcceptedKeysOf(int instancePort)
    {
        var authentications = PoliciesOfInstancePort(instancePort).Where(policy => policy.TypeName == PolicyTypes.BackendServerAuthentication).ToList();
        return authentications.Count == 0 ? null : authentications
            .SelectMany(policy => policy.FindAll(PolicyTypes.PublicKeyPolicyName))
            .SelectMany(name => GetPolicy(name).FindAll(PolicyTypes.PublicKeyAttribute))
            .Select(PublicKeys.IdOf)
            .OfType<string>()
            .Distinct().Order(StringComparer.Ordinal).ToEquatableArray();
    }

    /// <summary>Replaces the policies of an instance port, for every listener that uses it; an empty list clears, also for a port without a listener.</summary>
    /// <remarks>Kubernetes' AWS provider clears the policies of ports whose listeners it has deleted before.</remarks>
    public LoadBalancer WithPoliciesForBackendServer(int instancePort, IReadOnlyCollection<string> policyNames)
    {
        var policies = policyNames.Distinct().Select(GetPolicy).ToList();
        var listeners = Listeners.Where(listener => listener.InstancePort == instancePort).ToList();
        if (policies.Count > 0 && listeners.Count == 0)
        {
            throw new ServiceException(ErrorCode.InvalidConfigurationRequest, $"There is no listener with instance port {instancePort} for load balancer {Key.Name}");
        }

        foreach (var policy in policies)
        {
            var isPossible = policy.TypeName switch
            {
                PolicyTypes.ProxyProtocol => listeners.Any(listener => !listener.IsHttp),
                PolicyTypes.BackendServerAuthentication => listeners.All(listener => listener.IsInstanceSecure) && HasItsKeys(policy),
                _ => false,
            };
            if (!isPossible)
            {
                throw CannotBeEnabled(policy.Name);
            }
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

    /// <summary>A public key can be deleted while no policy that names it is on.</summary>
    private bool HasItsKeys(Policy authentication) => authentication.FindAll(PolicyTypes.PublicKeyPolicyName).All(name => FindPolicy(name) is not null);

    /// <summary>An instance port whose instances must prove who they are takes no plain listener, which would ask for no proof.</summary>
    private void CheckAuthentication(Listener listener)
    {
        if (!listener.IsInstanceSecure
            && PoliciesOfInstancePort(listener.InstancePort).FirstOrDefault(policy => policy.TypeName == PolicyTypes.BackendServerAuthentication) is { } policy)
        {
            throw CannotBeEnabled(policy.Name);
        }
    }
}
