using CloudLb.AwsApi.Dispatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.AwsApi;

/// <summary>Puts the protocol on a path.</summary>
public static class AwsApiEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Every method on <c>/</c>, the path that all query services share, and on each service path, with and without a slash at its end; and
    /// the paths of
    /// calls in CBOR. Whatever no
    /// other endpoint answers gets an error document. The services' operations are made now, so a missing part shows at start.
    /// </summary>
    /// <param name="servicePaths">
    /// Where path-style clients look for a service: <c>/services/LoadBalancing</c>. All are answered alike; the Version tells the services
    /// apart.
    /// </param>
    public static void MapAwsApi(this IEndpointRouteBuilder endpoints, params IEnumerable<string> servicePaths)
    {
        var dispatcher = endpoints.ServiceProvider.GetRequiredService<ApiDispatcher>();
        foreach (var path in servicePaths.Prepend("/").Distinct(StringComparer.OrdinalIgnoreCase))
        {
            endpoints.Map(path, dispatcher.AnswerAsync);
        }

        endpoints.Map("/service/{service}/operation/{operation}", dispatcher.AnswerRpcPathAsync);
        endpoints.Map("/{**path}", dispatcher.AnswerPathAsync);
    }

    /// <summary>What <see cref="MapAwsApi"/> has at the path <c>/</c>, for whoever knows a shorter way to it.</summary>
    public static RequestDelegate GetApi(this IServiceProvider services) => services.GetRequiredService<ApiDispatcher>().AnswerAsync;
}
