using System.Globalization;
using System.Text;

namespace CloudLb.HAProxy.Machine;

/// <summary>
/// Tells our HAProxy processes from every other: by the directory of their configuration file, which is on their command line.
/// </summary>
internal static class ProcessList
{
    // PF_EXITING of the kernel.
    private const uint FlagExiting = 0x4;

    // USER_HZ, in which the kernel tells times of processes whatever its own rate is.
    private const double TicksPerSecond = 100;

    /// <summary>
    /// Since the machine was started, as the kernel counts when processes begin. Not of <c>/proc/uptime</c>, which a service with
    /// <c>ProcSubset=pid</c> has not.
    /// </summary>
    public static TimeSpan Uptime => NativeMethods.SinceBoot();

    /// <summary>All processes that were started for files below this directory.</summary>
    public static IReadOnlyList<int> Under(string directory) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!))
            .Where(processId => IsUnder(processId, directory))];

    /// <summary>False too when the process has ended and only waits to be reaped, as its command line is gone then.</summary>
    public static bool IsUnder(int processId, string directory)
    {
        try
        {
            var arguments = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{processId}/cmdline")).Split('\0');
            return arguments.Length > 0
                && arguments.Contains("-D")
                && arguments.Any(argument => argument.StartsWith(directory + "/", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a process began at an uptime or later, which is told to a hundredth of a second.</summary>
    public static bool HasBegun(int processId, TimeSpan since)
    {
        try
        {
            // Twenty-second in proc_pid_stat(5), counted as below.
            var began = TimeSpan.FromSeconds(long.Parse(StatOf(processId)[19], CultureInfo.InvariantCulture) / TicksPerSecond);
            return began >= since - TimeSpan.FromSeconds(1 / TicksPerSecond);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether nothing of it is left but, at most, its entry in the list of processes. Of one that is not ending at all it says the same:
    /// the number is another's now.
    /// </summary>
    public static bool HasEnded(int processId)
    {
        try
        {
            // The state is first and the flags are seventh.
            var fields = StatOf(processId);
            if ((uint.Parse(fields[6], CultureInfo.InvariantCulture) & FlagExiting) == 0)
            {
                return true;
            }

            // The state is that of its first thread, Z and X those of the dead; the sockets are open until the last one has gone.
            return fields[0] is "Z" or "X" && Directory.EnumerateDirectories($"/proc/{processId}/task").Count() <= 1;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>What stands behind the name, which is in parentheses and may hold anything (proc_pid_stat(5)).</summary>
    private static string[] StatOf(int processId)
    {
        var text = File.ReadAllText($"/proc/{processId}/stat");
        return text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
