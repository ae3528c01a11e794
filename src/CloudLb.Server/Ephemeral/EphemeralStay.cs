using CloudLb.Core;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Ephemeral;

/// <summary>
/// What a server that keeps nothing has for as long as it runs: a directory, addresses, and somebody who cleans up if it cannot.
/// </summary>
internal sealed class EphemeralStay : IAsyncDisposable
{
    private readonly string _directory;
    private readonly DeathWatch _watch;
    private readonly AddressBlock? _addresses;

    private EphemeralStay(string directory, DataDirectoryLock directoryLock, DeathWatch watch, AddressBlock? addresses)
    {
        _directory = directory;
        Lock = directoryLock;
        _watch = watch;
        _addresses = addresses;
    }

    /// <summary>That of the directory.</summary>
    public DataDirectoryLock Lock { get; }

    /// <summary>
    /// Takes what the settings leave open and writes it into them, after what killed servers have left was removed; null for a server that
    /// is no ephemeral one.
    /// </summary>
    /// <exception cref="Startup.StartException">It cannot be had.</exception>
    public static async Task<EphemeralStay?> TakeAsync(CloudLbSettings settings, CancellationToken cancellationToken)
    {
        if (!settings.Server.Ephemeral)
        {
            return null;
        }

        await EphemeralDirectory.SweepAsync(TimeProvider.System, cancellationToken);
        var addresses = settings.IsGiven(nameof(ServerOptions.AddressPool)) ? null : AddressBlock.Claim();
        var (directory, directoryLock) = EphemeralDirectory.Make();
        settings.Server.DataDirectory = directory;
        if (addresses is not null)
        {
            settings.Server.AddressPool = [addresses.Network];
        }

        try
        {
            return new(directory, directoryLock, DeathWatch.Over(directory), addresses);
        }
        catch
        {
            Directory.Delete(directory, recursive: true);
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>Removes all of it. What cannot be removed is left to the watch, which tries again when this process has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await EphemeralDirectory.RemoveAsync(_directory, TimeProvider.System, CancellationToken.None);
            _watch.Dismiss();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Core.Traffic.DataPlaneException)
        {
            // See above.
        }

        Lock.Dispose();
        _addresses?.Dispose();
        _watch.Dispose();
    }
}
