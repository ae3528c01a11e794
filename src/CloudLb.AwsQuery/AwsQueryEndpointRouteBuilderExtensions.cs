using CloudLb.AwsQuery.Dispatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.AwsQuery;

/// <summary>Puts the protocol on a path.</summary>
public static class AwsQueryEndpointRouteBuilderExtensions
{
    /// <summary>Every method on <c>/</c>, the path that all query services share. The services' operations are made now, so a missing part shows at start.</summary>
    public static IEndpointConventionBuilder MapAwsQuery(this IEndpointRouteBuilder endpoints)
    {
        var dispatcher = endpoints.ServiceProvider.GetRequiredService<QueryDispatcher>();
        return endpoints.Map("/", dispatcher.AnswerAsync).WithMetadata(new QueryEndpoint());
    }
}
