using System.Net.Sockets;
using System.Security.Cryptography;
using CloudLb.Core;
using CloudLb.Core.Traffic;
using CloudLb.Operator.Control;
using CloudLb.Server.Startup;

namespace CloudLb.Server.Ephemeral;

/// <summary>
/// The directories of servers that keep nothing: below the place in memory that the machine has, else the system's temporary one, with
/// names that nobody can guess, for their user alone. Each is locked while its server lives, so that one without is known to be left over.
/// </summary>
internal static class EphemeralDirectory
{
    private const string Prefix = "cloudlb-ephemeral-";
    private const int NameDigits = 16, Attempts = 10;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan DeathPatience = TimeSpan.FromSeconds(10), DeathPause = TimeSpan.FromMilliseconds(20);

    private static string Place => MemoryDirectory.Root ?? Path.GetTempPath();

    /// <summary>Makes one and takes its lock.</summary>
    /// <exception cref="StartException">It cannot be made.</exception>
    public static (string Path, DataDirectoryLock Lock) Make()
    {
        for (var attempt = 1; ; attempt++)
        {
            var name = $"{Prefix}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(NameDigits, lowercase: true)}";
            var path = Path.Combine(Place, name);
            try
            {
                return (PrivateDirectory.Make(path) ?? throw new IOException($"{path} is another's."), DataDirectoryLock.Take(path));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another server that starts looks through what is left over and may have taken the lock for an instant.
                if (attempt == Attempts)
                {
                    throw new StartException(
                        $"No directory can be made in {Place} for what an ephemeral CloudLb has while it runs: {exception.Message}");
                }
            }
        }
    }

    /// <summary>Whether the path is that of an ephemeral server, running or not.</summary>
    public static bool IsOne(string path) =>
        Path.GetDirectoryName(path) == Path.TrimEndingDirectorySeparator(Place)
        && Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Those of this user's servers that are ready.</summary>
    /// <param name="processId">Only the one that is this process; null: all.</param>
    public static IReadOnlyList<string> Running(int? processId = null)
    {
        var named = processId is null ? All() : All($"{Prefix}{processId}-*");
        return [.. named.Where(path => EndpointFile.IsIn(path) && IsAnswering(ControlSocket.PathFor(path)))];
    }

    /// <summary>
    /// Removes what servers of this user have left that were killed, their data plane's processes first. What cannot be removed stays for
    /// the
    /// next time.
    /// </summary>
    public static async Task SweepAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        foreach (var path in All().ToList())
        {
            await TryRemoveAsync(path, clock, cancellationToken);
        }
    }

    /// <summary>The same for one whose server is ending or has ended just now.</summary>
    public static async Task SweepAsync(string path, TimeProvider clock, CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        while (All().Contains(path) && !await TryRemoveAsync(path, clock, cancellationToken) && clock.GetElapsedTime(since) < DeathPatience)
        {
            await Task.Delay(DeathPause, clock, cancellationToken);
        }
    }

    /// <summary>Removes one with all that belongs to it. Whoever calls has its lock.</summary>
    public static async Task RemoveAsync(string path, TimeProvider clock, CancellationToken cancellationToken)
    {
        await Composition.RemoveRemainsAsync(path, clock, cancellationToken);
        PrivateDirectory.Remove(PrivateDirectory.NameIn(Path.GetTempPath(), path));
        Directory.Delete(path, recursive: true);
    }

    /// <summary>
    /// Nobody else's: a directory of that name is not looked into unless it is this user's own and closed to others, and a link is none.
    /// </summary>
    private static IEnumerable<string> All(string pattern = $"{Prefix}*") => Directory.EnumerateDirectories(Place, pattern).Where(path =>
        FileStatus.Of(path, follow: false) is { IsDirectory: true } status && status.Owner == FileStatus.CurrentUser
            && status.Permissions == OwnerOnly);

    /// <summary>False when a server has it, and when it could not be removed.</summary>
    private static async Task<bool> TryRemoveAsync(string path, TimeProvider clock, CancellationToken cancellationToken)
    {
        // One without a lock has just been made.
        if (!DataDirectoryLock.IsIn(path))
        {
            return false;
        }

        try
        {
            using var directoryLock = DataDirectoryLock.Take(path);
            await RemoveAsync(path, clock, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DataPlaneException)
        {
            return false;
        }
    }

    private static bool IsAnswering(string controlSocket)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(controlSocket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
