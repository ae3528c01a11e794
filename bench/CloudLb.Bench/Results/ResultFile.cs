using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CloudLb.Bench.Results;

/// <summary>The stored form of a whole run: what it ran on, and its tables.</summary>
internal static class ResultFile
{
    public static async Task<string> ComposeAsync(
        IReadOnlyList<ResultTable> tables, TimeProvider clock, CancellationToken cancellationToken)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30);
        return $"""
            # Benchmark results

            The last whole run of `bench/run` ([how to read them](README.md)), {clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}:
            {Environment.ProcessorCount} processors ({await ProcessorAsync(cancellationToken)}), {memory} GiB, {RuntimeInformation.OSDescription},
            .NET {Environment.Version}, {await FirstLineAsync("haproxy", "-v", cancellationToken)}. Load generator, server and HAProxy share the
            processors. Each figure is a median of alternating rounds, so that what else the machine does hits both sides alike.

            {string.Join("\n", tables.Select(table => table.ToMarkdown()))}
            """.TrimEnd() + "\n";
    }

    private static async Task<string> ProcessorAsync(CancellationToken cancellationToken) =>
        (await File.ReadAllLinesAsync("/proc/cpuinfo", cancellationToken))
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static async Task<string> FirstLineAsync(string program, string argument, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var line = output.Split('\n')[0];
        var end = line.IndexOf(" - ", StringComparison.Ordinal);
        return end < 0 ? line : line[..end];
    }
}
