using System.ComponentModel;
using System.Diagnostics;

namespace CloudLb.Dns.Publishing;

/// <summary>Debian's <c>nsupdate</c>, a process for each update. The key stands on no command line.</summary>
internal sealed class UpdateProgram(NameServer server, TimeProvider clock)
{
    // nsupdate gives up by itself after the seconds of -t; a process that does not is ended.
    private const int Seconds = 20, Refused = 2, LongestReason = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Seconds + 10);

    public async Task<UpdateOutcome> SendAsync(IReadOnlyList<RecordSet> sets, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(server.Program, ["-v", "-t", $"{Seconds}", "-k", server.KeyFile])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            try
            {
                return await TalkAsync(process, UpdateCommands.Of(server, sets), cancellationToken);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        catch (Win32Exception exception)
        {
            return new($"{server.Program} does not start (apt install bind9-dnsutils): {exception.Message}", IsRefused: false);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            return new($"{server.Program} has not done it: {exception.Message}", IsRefused: false);
        }
    }

    private async Task<UpdateOutcome> TalkAsync(Process process, string commands, CancellationToken cancellationToken)
    {
        var told = Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.StandardInput.WriteAsync(commands.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var texts = await told.WaitAsync(Patience, clock, cancellationToken);
        await process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, clock, cancellationToken);
        return process.ExitCode == 0 ? UpdateOutcome.Taken : new(Reason(texts), IsRefused: process.ExitCode == Refused);
    }

    /// <summary>On one line, as it ends in a log.</summary>
    private static string Reason(IEnumerable<string> texts)
    {
        var words = string.Join(' ', string.Concat(texts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var plain = string.Concat(words.Where(letter => !char.IsControl(letter)).Take(LongestReason));
        return plain.Length > 0 ? plain : "it does not say why";
    }
}
