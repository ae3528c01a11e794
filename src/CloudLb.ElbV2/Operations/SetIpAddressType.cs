using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Has a load balancer be reached by IPv6 too, or no more.</summary>
internal sealed class SetIpAddressType(IResourceStore store, AddressAssignment addresses)
    : IOperation<SetIpAddressTypeRequest, SetIpAddressTypeResponse>
{
    public async Task<SetIpAddressTypeResponse> ExecuteAsync(
        SetIpAddressTypeRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var arn = caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer);
        var existing = store.Current.V2LoadBalancers.Get(arn);
        var isDualStack = AddressTypeMapping.IsDualStack(request.IpAddressType, existing.Type, addresses);
        var updated = await store.UpdateAsync(
            LoadBalancerCollection.Kind,
            arn,
            (loadBalancer, snapshot) => loadBalancer.WithIPv6(isDualStack, snapshot) is var changed && changed != loadBalancer
                ? changed.Readdressed(addresses, snapshot, changed.FixedAddresses)
                : loadBalancer,
            cancellationToken);
        return new() { IpAddressType = updated.AddressType() };
    }
}
