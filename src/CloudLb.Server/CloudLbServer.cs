using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Elb.Domain;
using CloudLb.Server.Backups;
using CloudLb.Server.Ephemeral;
using CloudLb.Server.Settings;
using CloudLb.Server.Startup;
using CloudLb.Storage.Sqlite;

namespace CloudLb.Server;

/// <summary>A running CloudLb: the API, the control socket, the reconciler and the data plane, on one data directory.</summary>
public sealed partial class CloudLbServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly CloudLbSettings _settings;
    private readonly DataDirectoryLock _lock;
    private readonly ChosenPort? _port;
    private readonly EphemeralStay? _stay;

    private CloudLbServer(
        WebApplication application, CloudLbSettings settings, DataDirectoryLock directoryLock, ChosenPort? port, EphemeralStay? stay)
    {
        _stay = stay;
        _settings = settings;
        _port = port;
        _application = application;
        _lock = directoryLock;
    }

    /// <summary>Whether there is any load balancer, of whatever account.</summary>
    public bool HasLoadBalancers => _application.Services.GetRequiredService<IResourceStore>().Current.LoadBalancers.All.Any();

    /// <summary>Starts everything; returns when the API answers and what was stored is served as far as it can be.</summary>
    /// <exception cref="StartException">Something stands in the way; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop before it was ready.</exception>
    public static async Task<CloudLbServer> StartAsync(CloudLbSettings settings, CancellationToken cancellationToken)
    {
        if (!settings.Server.Ephemeral)
        {
            DataDirectory.Prepare(settings.DataDirectory);
        }

        var stay = await EphemeralStay.TakeAsync(settings, cancellationToken);
        var directoryLock = stay?.Lock ?? TakeLock(settings.DataDirectory);
        WebApplication? application = null;
        ChosenPort? port = null;
        try
        {
            new Restoration(settings.DataDirectory).Finish(TimeProvider.System);
            EndpointFile.Remove(settings);
            port = ChosenPort.Take(settings);
            application = Composition.Build(settings, port);
            if (settings.SecretsOnCommandLine.Count > 0)
            {
                Log.SecretsAreSeen(application.Logger, string.Join(", ", settings.SecretsOnCommandLine));
            }

            Composition.Map(application, settings);
            application.Services.GetRequiredService<InventoryFileReader>().ReadAtStart();
            _ = application.Services.GetRequiredService<IResourceStore>();
            await application.Services.GetRequiredService<KnownAccessKeys>().RecordGivenAsync(cancellationToken);
            application.Services.GetService<EndpointInventory>()?.ReadAtStart();
            await application.StartAsync(cancellationToken);
            await application.Services
                .GetRequiredService<Reconciler>().FirstPass
                .WaitAsync(application.Lifetime.ApplicationStopping)
                .WaitAsync(cancellationToken);
            EndpointFile.Write(settings);
            return new(application, settings, directoryLock, port, stay);
        }
        catch (Exception exception)
        {
            var isStopped = application?.Lifetime.ApplicationStopping.IsCancellationRequested == true;
            if (application is not null)
            {
                await application.StopAsync(CancellationToken.None);
                await application.DisposeAsync();
            }

            port?.Dispose();
            await EndAsync(stay, directoryLock);
            throw isStopped
                ? new OperationCanceledException("CloudLb was told to stop before it was ready.", exception)
                : Explain(exception, settings);
        }
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _application.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops what still runs; in the mode Child that ends the data plane too.</summary>
    public async ValueTask DisposeAsync()
    {
        EndpointFile.Remove(_settings);
        if (!_application.Lifetime.ApplicationStopped.IsCancellationRequested)
        {
            await _application.StopAsync(CancellationToken.None);
        }

        await _application.DisposeAsync();
        _port?.Dispose();
        await EndAsync(_stay, _lock);
    }

    private static async ValueTask EndAsync(EphemeralStay? stay, DataDirectoryLock directoryLock)
    {
        if (stay is not null)
        {
            await stay.DisposeAsync();
        }

        directoryLock.Dispose();
    }

    private static DataDirectoryLock TakeLock(string directory)
    {
        try
        {
            return DataDirectoryLock.Take(directory);
        }
        catch (IOException exception)
        {
            throw new StartException(exception.Message);
        }
    }

    /// <summary>
    /// Turns what can stand in the way into a sentence for the operator; anything else is a fault of ours and stays as it is.
    /// </summary>
    private static Exception Explain(Exception exception, CloudLbSettings settings) =>
        ListenFault.Of(exception, settings) ?? Explain(exception);

    private static Exception Explain(Exception exception) => exception switch
    {
        IOException or UnauthorizedAccessException => new StartException(exception.Message),
        InventoryFileException or DatabaseRefusedException or DataPlaneException => new StartException(exception.Message),
        _ => exception,
    };

    private static partial class Log
    {
        [LoggerMessage(
            1010, LogLevel.Warning,
            "{Settings} on the command line can be read by every user of the machine; put it into appsettings.json or the environment")]
        public static partial void SecretsAreSeen(ILogger logger, string settings);
    }
}
