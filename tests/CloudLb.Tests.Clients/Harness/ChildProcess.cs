using System.Diagnostics;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>Runs a program to its end and keeps what it printed.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public sealed record Result(int ExitCode, string Output, string Error);

    public static async Task<Result> RunAsync(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment,
        CancellationToken cancellationToken,
        TimeSpan? patience = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(patience ?? Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ended.Token);
            var error = process.StandardError.ReadToEndAsync(ended.Token);
            await process.WaitForExitAsync(ended.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
