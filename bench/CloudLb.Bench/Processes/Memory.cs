using System.Globalization;

namespace CloudLb.Bench.Processes;

/// <summary>Memory in use, from <c>/proc</c>.</summary>
internal static class Memory
{
    private const double KibibytesInMebibyte = 1024;

    /// <summary>
    /// MiB that the processes hold together; what several of them share is counted once, as each is charged its part (Pss).
    /// </summary>
    public static double Of(IEnumerable<int> processIds) => processIds.Sum(Of);

    private static double Of(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / KibibytesInMebibyte;
    }
}
