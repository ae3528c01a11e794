using CloudLb.Core;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Core.Traffic.Templates;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Cells;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Tests.HAProxy;

/// <summary>The data plane as the server has it, with a directory of its own and real processes, which end with the test.</summary>
internal sealed class RunningDataPlane : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _stopping = new();
    private TrafficPlan _plan = TrafficPlan.Empty;
    private Task _repeating = Task.CompletedTask;

    private RunningDataPlane(string directory, Dictionary<string, string?> settings, TimeProvider clock)
    {
        Directory = directory;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Log));
        services.AddSingleton(clock);
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton<ICertificateSource>(Certificates);
        services.AddSingleton<IClientTrustSource>(Trust);
        services.AddHAProxyDataPlane(_ => directory);
        _services = services.BuildServiceProvider();
    }

    public string Directory { get; }

    public TestLog Log { get; } = new();

    public TestCertificates Certificates { get; } = new();

    public TestTrust Trust { get; } = new();

    public HAProxyDataPlane DataPlane => _services.GetRequiredService<HAProxyDataPlane>();

    /// <summary>Where requests of clients go that sign in.</summary>
    public string SignInSocket => _services.GetRequiredService<HAProxyDirectory>().SignInSocket;

    public void AdmitToSignInSocket() => _services.GetRequiredService<HAProxyDirectory>().Admit(SignInSocket);

    public ITrafficTemplates Templates => _services.GetRequiredService<ITrafficTemplates>();

    public IAccessLogSource AccessLog => _services.GetRequiredService<IAccessLogSource>();

    public HAProxyOptions Options => _services.GetRequiredService<IOptions<HAProxyOptions>>().Value;

    /// <summary>Of the HAProxy that the tests run.</summary>
    public HAProxyCapabilities Capabilities => _services.GetRequiredService<HAProxyBinary>().Capabilities;

    public ChangeSignal Changes => _services.GetRequiredService<ChangeSignal>();

    public int ProcessId => Assert.Single(DataPlane.Cells).ProcessId ?? 0;

    public long Generation => Assert.Single(DataPlane.Cells).Generation;

    /// <summary>Whether something drains, finishes or is on its way to its whole share.</summary>
    public bool IsUnderWay => _services.GetRequiredService<CellMap>().All.Any(cell => cell.IsUnderWay);

    public string CellFile(string name)
    {
        var directory = Path.Combine(Directory, "haproxy", "cells", "1");
        return Path.Combine(
            name.StartsWith("certificates", StringComparison.Ordinal) ? MemoryDirectory.For(directory) ?? directory : directory, name);
    }

    /// <param name="directory">Of an earlier one that it is to follow; a new one when absent.</param>
    /// <param name="settings">Name and value of options, without their section.</param>
    public static Task<RunningDataPlane> StartAsync(string? directory = null, params (string Name, string Value)[] settings) =>
        StartAsync(TimeProvider.System, directory, settings);

    /// <summary>The same by another clock than the machine's.</summary>
    public static async Task<RunningDataPlane> StartAsync(
        TimeProvider clock, string? directory = null, params (string Name, string Value)[] settings)
    {
        HAProxyInstalled.OrSkip();
        var started = new RunningDataPlane(
            directory ?? System.IO.Directory.CreateTempSubdirectory("cloudlb-test-").FullName,
            settings.Append((Name: nameof(HAProxyOptions.Path), Value: HAProxyInstalled.Executable)).DistinctBy(setting => setting.Name)
                .ToDictionary(setting => $"{HAProxyOptions.Section}:{setting.Name}", setting => (string?)setting.Value),
            clock);
        try
        {
            foreach (var service in started._services.GetServices<IHostedService>())
            {
                await service.StartAsync(TestContext.Current.CancellationToken);
            }

            return started;
        }
        catch
        {
            await started._services.DisposeAsync();
            if (directory is null)
            {
                System.IO.Directory.Delete(started.Directory, recursive: true);
            }

            throw;
        }
    }

    public Task ApplyAsync(params PlannedLoadBalancer[] loadBalancers) => ApplyAsync(Plans.Of(loadBalancers));

    /// <summary>Returns when all of the plan flows, also when a hand-over had to wait for its turn on a busy machine.</summary>
    public async Task ApplyAsync(TrafficPlan plan)
    {
        _plan = plan;
        Changes.TakeSince();
        await DataPlane.ApplyAsync(plan, TestContext.Current.CancellationToken);
        while (DataPlane.IsBehind)
        {
            await Changes.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            Changes.TakeSince();
            await DataPlane.ApplyAsync(plan, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>One pass that may fail, as one of the reconciler's may.</summary>
    public async Task TryApplyAsync(params PlannedLoadBalancer[] loadBalancers)
    {
        try
        {
            _plan = Plans.Of(loadBalancers);
            await DataPlane.ApplyAsync(_plan, TestContext.Current.CancellationToken);
        }
        catch (HAProxyException)
        {
            Changes.Raise();
        }
    }

    /// <summary>The same plan again, as every resync does.</summary>
    public Task ReapplyAsync() => ApplyAsync(_plan);

    public ObservedHealth? Health(PlannedLoadBalancer loadBalancer, string instanceId) => DataPlane.Find(loadBalancer.Id, instanceId);

    public Task IsPassingAsync(PlannedLoadBalancer loadBalancer, params string[] instanceIds) => Eventually.IsTrueAsync(
        () => instanceIds.All(id => Health(loadBalancer, id) == ObservedHealth.Passing), $"{string.Join(", ", instanceIds)} in service");

    /// <summary>
    /// Returns when no process before the last hand-over is left: until it has read its signal, one takes its share of what connects.
    /// </summary>
    public Task IsAloneAsync() => Eventually.IsTrueAsync(() => ProcessList.Under(Directory).Count == 1, "only the new process left");

    /// <summary>Sends one command to the process, past the data plane.</summary>
    public async Task<string> AskAsync(string command)
    {
        var socket = System.IO.Directory.EnumerateFiles(Path.Combine(Directory, "haproxy"), $"1.{Generation}.sock").Single();
        await using var session = await CommandSession.OpenAsync(
            socket, Eventually.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        return await session.SendAsync(command, TestContext.Current.CancellationToken);
    }

    /// <summary>Changes what runs past the data plane, and returns when that was seen and a hand-over has put it right.</summary>
    /// <param name="clock">The data plane's.</param>
    /// <param name="command">Changes it and is answered nothing.</param>
    /// <param name="what">The map or list that it changes, as the log names it.</param>
    public async Task DriftAsync(TestClock clock, string command, string what)
    {
        Reconcile();
        Assert.Equal("", await AskAsync(command));
        clock.StopAt(clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        clock.GoOn();
        await Eventually.IsTrueAsync(() => HasLogged("handed over (drift)"), "a hand-over");
        Assert.True(HasLogged($"{what} is not as it was set"));
    }

    /// <summary>Applies the last plan again whenever the data plane asks for it, as the reconciler does.</summary>
    public void Reconcile() => _repeating = Task.Run(async () =>
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Changes.WaitAsync(TimeSpan.FromSeconds(1), _stopping.Token);
            Changes.TakeSince();
            try
            {
                await DataPlane.ApplyAsync(_plan, _stopping.Token);
            }
            catch (HAProxyException)
            {
                Changes.Raise();
            }
        }
    });

    /// <summary>As a killed CloudLb would: nothing is told to the processes, and the sessions to them break off.</summary>
    public async Task CrashAsync()
    {
        await EndRepeatingAsync();
        foreach (var service in _services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            // A background service's own end, without what CellKeeper does at a graceful stop.
            service.Dispose();
        }

        foreach (var cell in _services.GetRequiredService<CellMap>().All)
        {
            await cell.LeaveAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }

    public async Task StopAsync()
    {
        await EndRepeatingAsync();
        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>As at the end of CloudLb; the directory stays for the next one.</summary>
    public async Task StopAndLeaveAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAndLeaveAsync();
        foreach (var processId in ProcessList.Under(Directory))
        {
            NativeMethods.Signal(processId, NativeMethods.SignalKill);
        }

        var cells = Path.Combine(Directory, "haproxy", "cells");
        foreach (var cell in System.IO.Directory.Exists(cells) ? System.IO.Directory.GetDirectories(cells) : [])
        {
            // What processes that were left, or a crash, have kept in memory.
            if (MemoryDirectory.For(cell) is { } memory)
            {
                System.IO.Directory.Delete(memory, recursive: true);
            }
        }

        var shared = PrivateDirectory.NameIn(MemoryDirectory.Root ?? Path.GetTempPath(), Path.Combine(Directory, "haproxy", "shared"));
        if (System.IO.Directory.Exists(shared))
        {
            System.IO.Directory.Delete(shared, recursive: true);
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private bool HasLogged(string words) => Log.Lines.Any(line => line.Contains(words, StringComparison.Ordinal));

    private async Task EndRepeatingAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _repeating;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }
}
