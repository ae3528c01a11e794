using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CloudLb.Bench.Processes;
using CloudLb.Bench.Results;

namespace CloudLb.Bench.Load;

/// <summary>
/// One of the sides of a comparison of TLS handshakes: connections that shake hands and end, made by <c>openssl s_time</c>.
/// </summary>
/// <param name="listener">Where TLS is spoken.</param>
/// <param name="processIds">Who serves it.</param>
/// <param name="isResumed">Whether each connection after the first goes on with the session of that one.</param>
internal sealed partial class Handshakes(IPEndPoint listener, IReadOnlyList<int> processIds, bool isResumed)
{
    /// <summary>Each makes one connection after the other.</summary>
    private const int Clients = 4;

    private readonly List<double> _rates = [];
    private readonly List<double> _cpu = [];

    public double PerSecond => _rates.Median();

    /// <summary>Microseconds of processor time that the serving processes use for a handshake.</summary>
    public double Cpu => _cpu.Median();

    /// <summary>The median of the rounds' ratios.</summary>
    public double RatioTo(Handshakes other) => _rates.Zip(other._rates, (mine, theirs) => mine / theirs).Median();

    /// <summary>A round of one to two seconds, as the program counts whole ones.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var before = CpuTime.Of(processIds);
        var rounds = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RunAsync(cancellationToken)));
        _cpu.Add((CpuTime.Of(processIds) - before).TotalMicroseconds / rounds.Sum(round => round.Connections));
        _rates.Add(rounds.Sum(round => round.Connections / round.Duration.TotalSeconds));
    }

    private async Task<(double Connections, TimeSpan Duration)> RunAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(
            new ProcessStartInfo(
                "openssl", [
                    "s_time", "-connect", listener.ToString(), isResumed ? "-reuse" : "-new", "-time", "1", "-tls1_2", "-cipher",
                    "ECDHE-RSA-AES128-GCM-SHA256", "-no-CAfile", "-no-CApath", "-no-CAstore",
                ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var told = Count().Match(await output);
        return process.ExitCode == 0 && told.Success && (Resumed().IsMatch(await output) == isResumed)
            ? (double.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture), Stopwatch.GetElapsedTime(begun))
            : throw new InvalidOperationException($"openssl s_time made no handshakes of this kind at {listener}: {errors}");
    }

    [GeneratedRegex("(?m)^([0-9]+) connections in [0-9]+ real seconds")]
    private static partial Regex Count();

    /// <summary>It prints a letter for each connection.</summary>
    [GeneratedRegex("r{20}")]
    private static partial Regex Resumed();
}
