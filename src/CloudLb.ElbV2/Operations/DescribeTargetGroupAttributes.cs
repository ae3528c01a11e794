using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Answers every attribute that a target group of its protocol has.</summary>
internal sealed class DescribeTargetGroupAttributes(IResourceStore store)
    : IOperation<DescribeTargetGroupAttributesRequest, DescribeTargetGroupAttributesResponse>
{
    public Task<DescribeTargetGroupAttributesResponse> ExecuteAsync(
        DescribeTargetGroupAttributesRequest request, Caller caller, CancellationToken cancellationToken) => Task.FromResult(
        new DescribeTargetGroupAttributesResponse
        {
            Attributes = store.Current.TargetGroups.Get(caller.Arn(request.TargetGroupArn, ArnKind.TargetGroup)).AttributesToWire(),
        });
}
