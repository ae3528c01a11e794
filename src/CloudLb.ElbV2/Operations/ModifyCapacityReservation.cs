using System.Globalization;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Takes a reset, which changes nothing; a machine has the capacity that it has, so that none can be reserved.</summary>
internal sealed class ModifyCapacityReservation(IResourceStore store)
    : IOperation<ModifyCapacityReservationRequest, ModifyCapacityReservationResponse>
{
    public Task<ModifyCapacityReservationResponse> ExecuteAsync(
        ModifyCapacityReservationRequest request, Caller caller, CancellationToken cancellationToken)
    {
        store.Current.V2LoadBalancers.Get(caller.Arn(request.LoadBalancerArn, ArnKind.LoadBalancer));
        if (request.MinimumLoadBalancerCapacity is { } capacity)
        {
            throw NotCarried.Because(
                "MinimumLoadBalancerCapacity", (capacity.CapacityUnits ?? 0).ToString(CultureInfo.InvariantCulture));
        }

        return request.ResetCapacityReservation == true
            ? Task.FromResult(
                new ModifyCapacityReservationResponse
                {
                    DecreaseRequestsRemaining = DescribeCapacityReservation.DecreaseRequestsRemaining,
                })
            : throw CommonErrors.ValidationError.Because(
                "You must specify either 'MinimumLoadBalancerCapacity' or 'ResetCapacityReservation'");
    }
}
