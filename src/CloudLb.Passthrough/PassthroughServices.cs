using CloudLb.AwsApi.Foreign;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CloudLb.Passthrough;

/// <summary>Joins the other endpoint to the composition root.</summary>
public static class PassthroughServices
{
    /// <param name="dataDirectory">Where long bodies wait until they are verified.</param>
    public static IServiceCollection AddPassthrough(this IServiceCollection services, PassthroughOptions options, string dataDirectory) =>
        services
        .AddHttpForwarder()
        .AddSingleton<IUpstream>(provider => new Upstream(
            options, Path.Combine(dataDirectory, "passthrough"), provider.GetRequiredService<IHttpForwarder>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Upstream>>()));
}
