using System.Globalization;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Elb.Contracts;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Mapping;

namespace CloudLb.Elb.Operations;

/// <summary>Answers the quotas in force, under AWS's names.</summary>
internal sealed class DescribeAccountLimits(Quotas quotas) : IOperation<DescribeAccountLimitsRequest, DescribeAccountLimitsResponse>
{
    public Task<DescribeAccountLimitsResponse> ExecuteAsync(
        DescribeAccountLimitsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        IReadOnlyList<Limit> limits =
        [
            Limit("classic-load-balancers", quotas.LoadBalancers),
            Limit("classic-listeners", quotas.Listeners),
            Limit("classic-registered-instances", quotas.RegisteredInstances),
        ];
        var first = Markers.Decode(request.Marker) is { } last ? Position(limits, last) + 1 : 0;
        var page = limits.Skip(first).Take(request.PageSize ?? limits.Count).ToList();
        var isMore = first + page.Count < limits.Count;

        return Task.FromResult(
            new DescribeAccountLimitsResponse { Limits = page, NextMarker = isMore ? Markers.Encode(page[^1].Name!) : null });
    }

    private static int Position(IReadOnlyList<Limit> limits, string name) =>
        limits.Index().FirstOrDefault(limit => limit.Item.Name == name, (-1, null!)).Index is >= 0 and var index
            ? index
            : throw Markers.Invalid();

    private static Limit Limit(string name, int maximum) => new() { Name = name, Max = maximum.ToString(CultureInfo.InvariantCulture) };
}
