using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain.Policies;

namespace CloudLb.Elb.Domain;

/// <summary>
/// A load balancer as the JSON text that its row holds. The lists stand here one by one, as the generator does not see through their type.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LoadBalancer))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(ImmutableArray<Listener>))]
[JsonSerializable(typeof(ImmutableArray<AttachedSubnet>))]
[JsonSerializable(typeof(ImmutableArray<SubnetAddress>))]
[JsonSerializable(typeof(ImmutableArray<LeavingAddress>))]
[JsonSerializable(typeof(ImmutableArray<Instance>))]
[JsonSerializable(typeof(ImmutableArray<DrainingInstance>))]
[JsonSerializable(typeof(ImmutableArray<Policy>))]
[JsonSerializable(typeof(ImmutableArray<PolicyAttribute>))]
[JsonSerializable(typeof(ImmutableArray<ListenerPolicies>))]
[JsonSerializable(typeof(ImmutableArray<BackendServerPolicies>))]
[JsonSerializable(typeof(ImmutableArray<Tag>))]
internal sealed partial class LoadBalancerDocument : JsonSerializerContext
{
    public static LoadBalancerDocument Form { get; } = new(ResourceDocuments.Options());
}
