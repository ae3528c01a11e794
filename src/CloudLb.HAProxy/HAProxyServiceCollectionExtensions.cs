using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Addresses;
using CloudLb.Core.Resources;
using CloudLb.Core.SignIns;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.Core.Traffic.Templates;
using CloudLb.HAProxy.AccessLog;
using CloudLb.HAProxy.Cells;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Front;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Templates;
using CloudLb.HAProxy.Trials;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy;

/// <summary>Puts the data plane into a server.</summary>
public static class HAProxyServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IDataPlane"/>, <see cref="IHealthSource"/>, <see cref="ITrafficStatus"/>, <see cref="ITrafficCounters"/> and
    /// <see cref="IAccessLogSource"/>. Call it before the reconciler is added, so that the processes are found before the first pass and
    /// ended after the last. A <see cref="ChangeSignal"/> must be there.
    /// </summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="dataDirectory">The server's data directory; the data plane keeps to <c>haproxy</c> below it.</param>
    public static IServiceCollection AddHAProxyDataPlane(this IServiceCollection services, Func<IServiceProvider, string> dataDirectory)
    {
        services.AddOptions<HAProxyOptions>().BindConfiguration(HAProxyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HostOptions>().PostConfigure<IOptions<HAProxyOptions>>((host, own) =>
            host.ShutdownTimeout = own.Value.StopTimeout + host.ShutdownTimeout);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new HAProxyDirectory(
            dataDirectory(provider), provider.GetRequiredService<IOptions<HAProxyOptions>>().Value.HeaderNames,
            HAProxyUser.Of(provider.GetRequiredService<IOptions<HAProxyOptions>>().Value)));
        services.AddSingleton<ISignInSocket>(provider => provider.GetRequiredService<HAProxyDirectory>());
        services.AddSingleton<HAProxyBinary>();
        services.AddSingleton<IClientAddressKeeper, TransparentBind>();
        services.AddSingleton(provider => TemplatesOf(
            provider.GetRequiredService<IOptions<HAProxyOptions>>().Value, dataDirectory(provider),
            provider.GetRequiredService<HAProxyDirectory>()));
        services.AddSingleton<ITemplateRights>(provider => provider.GetRequiredService<TemplateLibrary>());
        services.AddSingleton<TemplateTrial>();
        services.AddSingleton<TemplateReading>();
        services.AddSingleton<HAProxyMetrics>();
        services.AddSingleton<ProbeQueue>();
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<CommonContext>(provider, provider.GetRequiredService<ILogger<Cell>>()));
        services.AddSingleton<CellMap>();
        services.AddSingleton<FrontKeeper>();
        services.AddSingleton(provider => new HAProxyDataPlane(
            provider.GetRequiredService<CellMap>(), provider.GetRequiredService<FrontKeeper>(),
            provider.GetRequiredService<ChangeSignal>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HAProxyTemplates>();
        services.AddSingleton<ITrafficTemplates>(provider => provider.GetRequiredService<HAProxyTemplates>());
        services.AddSingleton<IDataPlane>(provider => provider.GetRequiredService<HAProxyDataPlane>());
        services.AddSingleton<IHeldPlaces>(provider => provider.GetRequiredService<HAProxyDataPlane>());
        services.AddSingleton<ISpareMemory>(provider => provider.GetRequiredService<HAProxyDataPlane>());
        services.AddSingleton<IHealthSource>(provider => provider.GetRequiredService<HAProxyDataPlane>());
        services.AddSingleton<ITrafficStatus>(provider => provider.GetRequiredService<HAProxyDataPlane>());
        services.AddSingleton<ITrafficCounters>(provider => provider.GetRequiredService<HAProxyDataPlane>());
        services.AddSingleton<IInstruments, CellInstruments>();
        services.AddSingleton<IAccessLogSource, LoggedFiles>();
        services.AddHostedService<Cells.HealthReader>();
        services.AddHostedService<FrontWatch>();
        services.AddHostedService<CellKeeper>();
        return services;
    }

    private static TemplateLibrary TemplatesOf(HAProxyOptions options, string dataDirectory, HAProxyDirectory directory) => new(
        Path.GetFullPath(options.TemplateDirectory is { Length: > 0 } set ? set : Path.Combine(dataDirectory, "templates")),
        new(directory.Templates),
        options.TemplateAccounts.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value));
}
