using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Answers every attribute that a listener of its protocol has.</summary>
internal sealed class DescribeListenerAttributes(IResourceStore store)
    : IOperation<DescribeListenerAttributesRequest, DescribeListenerAttributesResponse>
{
    public Task<DescribeListenerAttributesResponse> ExecuteAsync(
        DescribeListenerAttributesRequest request, Caller caller, CancellationToken cancellationToken) => Task.FromResult(
        new DescribeListenerAttributesResponse
        {
            Attributes = store.Current.Listeners.Get(caller.Arn(request.ListenerArn, ArnKind.Listener)).AttributesToWire(),
        });
}
