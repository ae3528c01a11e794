using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Replaces the subnets of a load balancer.</summary>
internal sealed class SetSubnets(
    IResourceStore store, Networks networks, AddressAssignment addresses, FixedAddressMapping fixedAddresses)
    : IOperation<SetSubnetsRequest, SetSubnetsResponse>
{
    public async Task<SetSubnetsResponse> ExecuteAsync(SetSubnetsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer);
        var existing = store.Current.V2LoadBalancers.Get(arn);
        var isDualStack = string.IsNullOrEmpty(request.IpAddressType)
            ? existing.IsDualStack
            : AddressTypeMapping.IsDualStack(request.IpAddressType, existing.Type, addresses);
        NotCarried.Unless("EnablePrefixForIpv6SourceNat", request.EnablePrefixForIpv6SourceNat, "off");
        var ids = NetworkMapping.SubnetIds(request.Subnets, request.SubnetMappings);
        var asked = fixedAddresses.Read(request.SubnetMappings, existing.Type, existing.Scheme, caller.AccountId());
        var network = await networks.FindAsync(caller.AccountId(), caller.Region, ids, cancellationToken);
        var subnets = network.Subnets(ids);
        var updated = await store.UpdateAsync(
            LoadBalancerCollection.Kind,
            arn,
            (loadBalancer, snapshot) => loadBalancer.InSubnets(subnets).WithIPv6(isDualStack, snapshot)
                .Readdressed(addresses, snapshot, asked),
            cancellationToken);

        return new()
        {
            AvailabilityZones = updated.ZonesToWire(),
            IpAddressType = updated.AddressType(),
            EnablePrefixForIpv6SourceNat = updated.Type == LoadBalancerType.Network ? "off" : null,
        };
    }
}
