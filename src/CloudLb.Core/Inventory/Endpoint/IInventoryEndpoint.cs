namespace CloudLb.Core.Inventory;

/// <summary>
/// Another program that knows where instances are and which networks there are: an EC2 endpoint. Every call asks it; nothing is kept.
/// </summary>
public interface IInventoryEndpoint
{
    /// <summary>The region that it speaks for.</summary>
    string Region { get; }

    /// <summary>The instances that there are of those asked for.</summary>
    /// <param name="instanceIds">Each as <see cref="InstanceId.IsEc2"/> has them; at most 100.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="InventoryEndpointException">It cannot be reached, refuses, or cannot be understood.</exception>
    Task<IReadOnlyList<EndpointInstance>> FindAsync(IReadOnlyCollection<string> instanceIds, CancellationToken cancellationToken);

    /// <summary>All VPCs, subnets, security groups and zones of its region.</summary>
    /// <exception cref="InventoryEndpointException">It cannot be reached, refuses, or cannot be understood.</exception>
    Task<EndpointNetworks> ListAsync(CancellationToken cancellationToken);
}
