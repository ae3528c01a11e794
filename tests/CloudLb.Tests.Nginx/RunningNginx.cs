using CloudLb.Core.Traffic.Planning;
using CloudLb.Nginx;
using CloudLb.Nginx.Machine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudLb.Tests.Nginx;

/// <summary>The data plane as the server has it, with a directory of its own and real processes, which end with the test.</summary>
internal sealed class RunningNginx : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private RunningNginx(string directory, NginxLifetime lifetime, IEnumerable<(string Name, string Value)> settings)
    {
        DataDirectory = directory;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            settings.ToDictionary(setting => $"{NginxOptions.Section}:{setting.Name}", setting => (string?)setting.Value)).Build());
        services.AddLogging();
        services.AddNginxDataPlane(directory, lifetime, _ => Health);
        _services = services.BuildServiceProvider();
    }

    public string DataDirectory { get; }

    public GivenHealth Health { get; } = new();

    public NginxDataPlane DataPlane => _services.GetRequiredService<NginxDataPlane>();

    /// <summary>Masters and workers.</summary>
    public IReadOnlyList<int> Processes => NginxProcesses.In(Path.Combine(DataDirectory, "nginx"));

    /// <param name="directory">Of an earlier one that it is to follow; a new one when absent.</param>
    /// <param name="lifetime">Whose life the processes share.</param>
    /// <param name="settings">Name and value of options, without their section.</param>
    public static async Task<RunningNginx> StartAsync(
        string? directory = null, NginxLifetime lifetime = NginxLifetime.Server, params (string Name, string Value)[] settings)
    {
        NginxInstalled.OrSkip();
        var started = new RunningNginx(directory ?? Directory.CreateTempSubdirectory("cloudlb-test-").FullName, lifetime, settings);
        foreach (var service in started._services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }

        return started;
    }

    public Task ApplyAsync(params PlannedLoadBalancer[] loadBalancers) =>
        DataPlane.ApplyAsync(Plans.Of(loadBalancers), TestContext.Current.CancellationToken);

    public async Task StopAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>As when CloudLb is killed: nothing is told to the processes.</summary>
    public async Task CrashAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            service.Dispose();
        }

        await _services.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
        await NginxRemains.RemoveAsync(DataDirectory, TimeProvider.System, CancellationToken.None);
        Directory.Delete(DataDirectory, recursive: true);
    }
}
