using System.Globalization;

namespace CloudLb.Bench.Processes;

/// <summary>Processor time used, from <c>/proc</c>, where Linux counts it in hundredths of a second.</summary>
internal static class CpuTime
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.01);

    public static TimeSpan Of(IEnumerable<int> processIds) => processIds.Aggregate(TimeSpan.Zero, (sum, id) => sum + Of(id));

    /// <summary>Of all processors of the machine, whoever used it.</summary>
    public static TimeSpan OfMachine()
    {
        // cpu user nice system idle iowait irq softirq steal
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new[] { 1, 2, 3, 6, 7 }.Aggregate(TimeSpan.Zero, (sum, index) => sum + Ticks(fields[index]));
    }

    private static TimeSpan Of(int processId)
    {
        // The name, in parentheses, may hold blanks; of the fields after it the 12th and 13th are the time in the program and in the
        // kernel.
        var text = File.ReadAllText($"/proc/{processId}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return Ticks(fields[11]) + Ticks(fields[12]);
    }

    private static TimeSpan Ticks(string count) => Tick * long.Parse(count, CultureInfo.InvariantCulture);
}
