using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Replaces the security groups of a load balancer.</summary>
internal sealed class SetSecurityGroups(IResourceStore store, Networks networks, Quotas quotas)
    : IOperation<SetSecurityGroupsRequest, SetSecurityGroupsResponse>
{
    public async Task<SetSecurityGroupsResponse> ExecuteAsync(
        SetSecurityGroupsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer);
        var existing = store.Current.V2LoadBalancers.Get(arn);
        var ofPrivateLinks = request.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic;
        NotCarried.Unless("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", ofPrivateLinks, "on");
        if (request.SecurityGroups.Count == 0)
        {
            throw CommonErrors.ValidationError.Because("At least one security group must be specified");
        }

        var network = await networks.FindAsync(caller.AccountId(), caller.Region, request.SecurityGroups, cancellationToken);
        var groups = network.SecurityGroups(request.SecurityGroups, existing.VpcId);
        var updated = await store.UpdateAsync(
            LoadBalancerCollection.Kind, arn,
            (loadBalancer, _) => loadBalancer.WithSecurityGroups(groups, quotas) with
            {
                IsSaidOfPrivateLinks = loadBalancer.IsSaidOfPrivateLinks || !string.IsNullOrEmpty(ofPrivateLinks),
            },
            cancellationToken);

        return new()
        {
            SecurityGroupIds = updated.SecurityGroups,
            EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = LoadBalancerMapping.EnforcementOf(updated),
        };
    }
}
