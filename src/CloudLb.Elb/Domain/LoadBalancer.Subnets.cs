using CloudLb.Core;
using CloudLb.Core.Inventory;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>Attaches subnets of the load balancer's VPC and enables their zones; one that is attached already is no error.</summary>
    public LoadBalancer WithSubnets(IEnumerable<Subnet> added)
    {
        if (VpcId is null)
        {
            throw Errors.InvalidConfigurationRequest.Because("Subnets can be attached to only ELBs in VPC.");
        }

        var byId = Subnets.ToDictionary(subnet => subnet.SubnetId);
        foreach (var subnet in added)
        {
            if (subnet.VpcId != VpcId)
            {
                throw Errors.InvalidConfigurationRequest.Because($"Subnet \"{subnet.SubnetId}\" does not belong to VPC \"{VpcId}\"");
            }

            byId.TryAdd(subnet.SubnetId, new(subnet.SubnetId, subnet.AvailabilityZone));
        }

        return byId.Values.Select(subnet => subnet.AvailabilityZone).Distinct().Count() == byId.Count
            ? InSubnets(byId.Values)
            : throw Errors.InvalidConfigurationRequest.Because("ELB cannot be attached to multiple subnets in the same AZ.");
    }

    /// <summary>
    /// Detaches subnets and disables their zones; one that is not attached is no error. Instances there stay registered and take no
    /// traffic.
    /// </summary>
    public LoadBalancer WithoutSubnets(IReadOnlyCollection<string> subnetIds)
    {
        var remaining = Subnets.Where(subnet => !subnetIds.Contains(subnet.SubnetId)).ToList();
        if (remaining.Count == Subnets.Count)
        {
            return this;
        }

        return remaining.Count > 0
            ? InSubnets(remaining)
            : throw Errors.InvalidConfigurationRequest.Because(
                $"Requested configuration change for LoadBalancer \"{Key.Name}\" is invalid because you attempted to detach all the " +
                "subnets for this LoadBalancer and a LoadBalancer cannot be attached to zero subnets in VPC.");
    }

    private LoadBalancer InSubnets(IEnumerable<AttachedSubnet> subnets)
    {
        var sorted = subnets.OrderBy(subnet => subnet.SubnetId, StringComparer.Ordinal).ToEquatableArray();
        return this with { Subnets = sorted, AvailabilityZones = Sorted(sorted.Select(subnet => subnet.AvailabilityZone)) };
    }
}
