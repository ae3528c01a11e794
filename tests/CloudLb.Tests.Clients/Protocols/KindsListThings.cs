using System.Globalization;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Tests.Clients.Protocols.Contracts;

namespace CloudLb.Tests.Clients.Protocols;

/// <summary>Seven things, page by page.</summary>
internal sealed class KindsListThings : IOperation<ListThingsRequest, ListThingsResponse>
{
    private const int Count = 7;

    public Task<ListThingsResponse> ExecuteAsync(ListThingsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var first = request.NextToken is { } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        var next = Math.Min(Count, first + (request.MaxItems ?? Count));
        return Task.FromResult(new ListThingsResponse
        {
            Things = [.. Enumerable.Range(first, next - first).Select(number => $"thing {number}")],
            NextToken = next < Count ? next.ToString(CultureInfo.InvariantCulture) : null,
        });
    }
}
