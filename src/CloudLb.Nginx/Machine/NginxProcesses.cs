using System.Globalization;
using System.Runtime.InteropServices;

namespace CloudLb.Nginx.Machine;

/// <summary>
/// Tells our nginx processes from every other: a process of nginx stays in the directory that it was started in, and so do its workers,
/// whose command line tells nothing.
/// </summary>
internal static class NginxProcesses
{
    public const int SignalReload = 1;
    public const int SignalKill = 9;
    public const int SignalReopen = 10;
    public const int SignalEnd = 15;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>False when there is no such process, or it is not ours to signal.</summary>
    public static bool Signal(int processId, int signal) => Kill(processId, signal) == 0;

    /// <summary>All that live in this directory, or in one below it.</summary>
    public static IReadOnlyList<int> In(string directory) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && IsIn(id, directory)),
    ];

    /// <summary>Whether it is an nginx of this directory, or of one below it, and has not ended.</summary>
    public static bool IsIn(int processId, string directory)
    {
        try
        {
            // A dead one that waits to be reaped has no directory any more.
            return new FileInfo($"/proc/{processId}/cwd").LinkTarget is { } place
                && (place == directory || place.StartsWith(directory + "/", StringComparison.Ordinal))
                && File.ReadAllText($"/proc/{processId}/comm").TrimEnd() == "nginx";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The workers of a master.</summary>
    public static IReadOnlyList<int> ChildrenOf(int processId)
    {
        try
        {
            return
            [
                .. File.ReadAllText($"/proc/{processId}/task/{processId}/children")
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Signals all of a directory until none is left; the last half of the time with SIGKILL. False when one is left.</summary>
    public static async Task<bool> EndAsync(
        string directory, int signal, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        var isTold = new HashSet<int>();
        for (var processes = In(directory); processes.Count > 0; processes = In(directory))
        {
            var waited = clock.GetElapsedTime(since);
            if (waited > patience)
            {
                return false;
            }

            foreach (var processId in processes)
            {
                if (waited > patience / 2)
                {
                    Signal(processId, SignalKill);
                }
                else if (isTold.Add(processId))
                {
                    Signal(processId, signal);
                }
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
