using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Takes the one type of addresses that there is.</summary>
internal sealed class SetIpAddressType(IResourceStore store) : IOperation<SetIpAddressTypeRequest, SetIpAddressTypeResponse>
{
    public Task<SetIpAddressTypeResponse> ExecuteAsync(
        SetIpAddressTypeRequest request, Caller caller, CancellationToken cancellationToken)
    {
        store.Current.V2LoadBalancers.Get(caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer));
        NotCarried.Unless("IpAddressType", request.IpAddressType, "ipv4");
        return Task.FromResult(new SetIpAddressTypeResponse { IpAddressType = "ipv4" });
    }
}
