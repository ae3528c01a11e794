using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CloudLb.Bench.Processes;

namespace CloudLb.Bench.Load;

/// <summary>The load generator h2load, which speaks HTTP/1.1 and HTTP/2 over TLS and says for which name it comes.</summary>
internal static partial class H2Load
{
    /// <param name="listener">Where it connects to.</param>
    /// <param name="name">The host that it asks for.</param>
    /// <param name="connections">At once.</param>
    /// <param name="streams">Requests at once on each connection over HTTP/2; null for HTTP/1.1.</param>
    /// <param name="duration">In whole seconds, the handshakes among them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<LoadedRound> RunAsync(
        IPEndPoint listener, string name, int connections, int? streams, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                "h2load", [
                    "-t1", $"-c{connections}", .. streams is { } many ? [$"-m{many}"] : (string[])["--h1"],
                    $"-D{(int)duration.TotalSeconds}", $"--ciphers={HandWrittenTls.Cipher}", $"--connect-to={listener}",
                    $"https://{name}:{listener.Port}/",
                ])
            {
                RedirectStandardOutput = true,
            })!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return Read(output, streams is null ? "http/1.1" : "h2");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static LoadedRound Read(string output, string protocol)
    {
        var (rate, counts) = (Rate().Match(output), Counts().Match(output));
        var isAsWanted = output.Contains($"Application protocol: {protocol}\n", StringComparison.Ordinal)
            && output.Contains($"Cipher: {HandWrittenTls.Cipher}\n", StringComparison.Ordinal);
        return isAsWanted && rate.Success && counts.Success && Number(counts, 1) > 0
            && Number(counts, 1) == Number(counts, 2) && Number(counts, 3) == 0
            ? new(Number(counts, 1), Number(rate, 1))
            : throw new InvalidOperationException($"h2load did not find {protocol}, or requests failed:\n{output}");
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("(?m)^finished in [^,]+, ([0-9.]+) req/s")]
    private static partial Regex Rate();

    /// <summary>Those that are done, that have succeeded, and that have failed.</summary>
    [GeneratedRegex("(?m)^requests: .* ([0-9]+) done, ([0-9]+) succeeded, ([0-9]+) failed")]
    private static partial Regex Counts();
}
