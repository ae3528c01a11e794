using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Changes the attributes given, all or none, and answers every one.</summary>
internal sealed class ModifyLoadBalancerAttributes(IResourceStore store)
    : IOperation<ModifyLoadBalancerAttributesRequest, ModifyLoadBalancerAttributesResponse>
{
    public async Task<ModifyLoadBalancerAttributesResponse> ExecuteAsync(
        ModifyLoadBalancerAttributesRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var given = request.Attributes.ToDomain();
        var updated = await store.UpdateAsync(
            LoadBalancerCollection.Kind, caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer),
            (loadBalancer, _) => loadBalancer.WithAttributes(given), cancellationToken);

        return new() { Attributes = updated.AttributesToWire() };
    }
}
