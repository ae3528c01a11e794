using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Has no pools of addresses but CloudLb's own: what asks for another is refused.</summary>
internal sealed class ModifyIpPools(IResourceStore store) : IOperation<ModifyIpPoolsRequest, ModifyIpPoolsResponse>
{
    public Task<ModifyIpPoolsResponse> ExecuteAsync(ModifyIpPoolsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        store.Current.V2LoadBalancers.Get(caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer));
        NotCarried.Unless("IpamPools", request.IpamPools?.Ipv4IpamPoolId, "");
        return Task.FromResult(new ModifyIpPoolsResponse());
    }
}
