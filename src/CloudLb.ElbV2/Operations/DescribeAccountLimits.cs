using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Mapping;

namespace CloudLb.ElbV2.Operations;

/// <summary>Answers the quotas in force, under AWS's names, in the order of the names.</summary>
internal sealed class DescribeAccountLimits(Quotas quotas) : IOperation<DescribeAccountLimitsRequest, DescribeAccountLimitsResponse>
{
    public Task<DescribeAccountLimitsResponse> ExecuteAsync(
        DescribeAccountLimitsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var page = Page.Of(LimitMapping.Of(quotas), limit => limit.Name!, request.Marker, request.PageSize);
        return Task.FromResult(new DescribeAccountLimitsResponse { Limits = page.Items, NextMarker = page.NextMarker });
    }
}
