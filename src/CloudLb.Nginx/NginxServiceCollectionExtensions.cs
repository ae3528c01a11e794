using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Nginx.Executable;
using CloudLb.Nginx.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Nginx;

/// <summary>Puts the data plane for datagrams into a server.</summary>
public static class NginxServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="NginxDataPlane"/>, <see cref="IDatagramCarrier"/> and <see cref="IDatagramCounters"/>. Call it before the
    /// reconciler is added, so that the processes are ended after the last pass.
    /// </summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="dataDirectory">The server's data directory; the data plane keeps to <c>nginx</c> below it.</param>
    /// <param name="lifetime">Whose life the processes share.</param>
    /// <param name="health">Whose checks say which members are given flows.</param>
    public static IServiceCollection AddNginxDataPlane(
        this IServiceCollection services, string dataDirectory, NginxLifetime lifetime, Func<IServiceProvider, IHealthSource> health)
    {
        services.AddOptions<NginxOptions>().BindConfiguration(NginxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<NginxBinary>();
        services.AddSingleton<IDatagramCarrier>(provider => provider.GetRequiredService<NginxBinary>());
        services.AddSingleton(new NginxDirectory(dataDirectory));
        services.AddSingleton(provider => new NginxDataPlane(
            provider.GetRequiredService<NginxBinary>(), provider.GetRequiredService<NginxDirectory>(), health(provider),
            provider.GetRequiredService<IOptions<NginxOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<NginxDataPlane>>()));
        services.AddSingleton<IDatagramCounters>(provider => provider.GetRequiredService<NginxDataPlane>());
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<NginxKeeper>(provider, [lifetime]));
        return services;
    }
}
