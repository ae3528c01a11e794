using System.Diagnostics;
using System.Globalization;

namespace CloudLb.Bench.Load;

/// <summary>wrk asking the same page over and over until it is told to stop; failures are counted, not thrown.</summary>
internal sealed class SteadyLoad : IDisposable
{
    private const string Mark = "RESULT";
    private const string Script = $$"""
        done = function(summary)
          local e = summary.errors
          io.write(string.format("{{Mark}} %d %d\n", summary.requests, e.connect + e.read + e.write + e.timeout + e.status))
        end
        """;

    private readonly Process _process;
    private readonly Task<string> _output;

    private SteadyLoad(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <param name="closes">Whether each request has a connection of its own.</param>
    public static async Task<SteadyLoad> StartAsync(
        Workplace workplace, Uri url, int connections, bool closes, CancellationToken cancellationToken)
    {
        var path = workplace.PathOf($"steady-{Guid.NewGuid():N}.lua");
        await File.WriteAllTextAsync(path, Script, cancellationToken);
        string[] header = closes ? ["-H", "Connection: close"] : [];
        var seconds = ((int)Workplace.LongestRun.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new(
            Process.Start(
                new ProcessStartInfo(
                    "wrk", [
                        "-t1", $"-c{connections}", $"-d{seconds}s", .. header, "-s", path, url
                            .ToString()]) { RedirectStandardOutput = true })!);
    }

    /// <summary>Ends the load as Ctrl-C does.</summary>
    public async Task<(long Requests, long Failures)> StopAsync(CancellationToken cancellationToken)
    {
        using (var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync(cancellationToken);
        }

        await _process.WaitForExitAsync(cancellationToken);
        var output = await _output;
        var fields = output.Split('\n').FirstOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal))?.Split(' ')[1..]
            ?? throw new InvalidOperationException($"wrk gave no result:\n{output}");
        return (long.Parse(fields[0], CultureInfo.InvariantCulture), long.Parse(fields[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
