using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Answers that nothing is reserved, as at AWS where nobody has reserved anything.</summary>
internal sealed class DescribeCapacityReservation(IResourceStore store)
    : IOperation<DescribeCapacityReservationRequest, DescribeCapacityReservationResponse>
{
    /// <summary>Of decreases a day (API reference).</summary>
    public const int DecreaseRequestsRemaining = 2;

    public Task<DescribeCapacityReservationResponse> ExecuteAsync(
        DescribeCapacityReservationRequest request, Caller caller, CancellationToken cancellationToken)
    {
        store.Current.V2LoadBalancers.Get(caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer));
        return Task.FromResult(new DescribeCapacityReservationResponse { DecreaseRequestsRemaining = DecreaseRequestsRemaining });
    }
}
