using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.Inventory;

namespace CloudLb.Elb.Domain;

public sealed partial record LoadBalancer
{
    /// <summary>AWS's limit on the groups of a load balancer (known from EC2's network interfaces; no quota of ELB).</summary>
    private const int MaximumSecurityGroups = 5;

    /// <summary>Replaces the security groups, of which there must be one at least, all of the load balancer's VPC.</summary>
    public LoadBalancer WithSecurityGroups(IReadOnlyCollection<SecurityGroup> groups)
    {
        if (VpcId is null)
        {
            throw CommonErrors.ValidationError.Because("Security groups can be applied to only ELBs in VPC.");
        }

        if (groups.Count == 0)
        {
            throw CommonErrors.ValidationError.Because("SecurityGroups must not be empty");
        }

        if (groups.FirstOrDefault(group => group.VpcId != VpcId) is { } stranger)
        {
            throw Errors.InvalidConfigurationRequest.Because(
                $"Security group \"{stranger.GroupId}\" does not belong to VPC \"{VpcId}\"");
        }

        var ids = groups.Select(group => group.GroupId).Distinct().ToEquatableArray();
        return ids.Count <= MaximumSecurityGroups
            ? this with { SecurityGroups = ids }
            : throw Errors.InvalidConfigurationRequest.Because(
                "The maximum number of security groups per load balancer has been reached.");
    }
}
