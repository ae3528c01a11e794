using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CloudLb.Bench.Load;

/// <summary>The load generator wrk, with one request sent over and over on kept-alive connections.</summary>
internal static class Wrk
{
    /// <summary>What the script prints at its end: a mark, and the fields of <see cref="WrkResult"/>.</summary>
    private const string Mark = "RESULT";

    private const string Done = $$"""
        done = function(summary, latency)
          local e = summary.errors
          io.write(string.format("{{Mark}} %d %d %d %d %d\n", summary.requests, summary.duration,
            e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50), latency:percentile(99)))
        end
        """;

    /// <summary>A script that asks with GET.</summary>
    public static string PlainScript => Done;

    /// <summary>A script that sends a request as it was signed. AWS takes a signature for fifteen minutes.</summary>
    public static async Task<string> ScriptOfAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var script = new StringBuilder($"wrk.method = {Quoted(request.Method.Method)}\n");
        foreach (var (name, value) in request.Headers.NonValidated.Concat(request.Content!.Headers.NonValidated))
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                script.Append($"wrk.headers[{Quoted(name)}] = {Quoted(value.ToString())}\n");
            }
        }

        return script.Append($"wrk.body = {Quoted(await request.Content.ReadAsStringAsync(cancellationToken))}\n").Append(Done).ToString();
    }

    public static async Task<WrkResult> RunAsync(
        Workplace workplace, Uri url, string script, int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var path = workplace.PathOf("request.lua");
        await File.WriteAllTextAsync(path, script, cancellationToken);
        var seconds = ((int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(
            new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "20s", "-s", path, url.ToString()])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var fields = output.Split('\n').FirstOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal))?.Split(' ')[1..]
                ?? throw new InvalidOperationException($"wrk gave no result:\n{output}");
            return WrkResult.Of([.. fields.Select(field => double.Parse(field, CultureInfo.InvariantCulture))]);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
