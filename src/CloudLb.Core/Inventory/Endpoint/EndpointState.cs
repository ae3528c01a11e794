using System.Collections.Immutable;

namespace CloudLb.Core.Inventory;

/// <summary>The last that an EC2 endpoint said.</summary>
/// <param name="Instances">By their ids; terminated ones too.</param>
/// <param name="Networks">Null before the endpoint has answered for the first time.</param>
internal sealed record EndpointState(ImmutableDictionary<string, EndpointInstance> Instances, EndpointNetworks? Networks)
{
    public static readonly EndpointState Nothing = new(ImmutableDictionary<string, EndpointInstance>.Empty, null);
}
