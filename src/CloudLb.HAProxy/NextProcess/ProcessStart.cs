using CloudLb.HAProxy.AccessLog;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Counters;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.OldProcesses;
using CloudLb.HAProxy.Runtime;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Templates;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>Starts the next process of a cell, and leaves out what HAProxy refuses. Used under the gate.</summary>
internal sealed class ProcessStart(
    CellContext context, Examination examination, Composer composer, CellFiles files, StateFile stateFile, Ending ending)
{
    // Every attempt leaves out all that HAProxy named; what is found only after the rest is cured takes another.
    private const int Attempts = 6;

    private CellDirectory Directory => context.Directory;

    /// <summary>The new process; null when the one before has died, so that its sockets cannot be taken over.</summary>
    public async Task<CellProcess?> StartAsync(CellProcess? before, CancellationToken cancellationToken)
    {
        context.State.Change(state => state with { Generation = state.Generation + 1 });
        var generation = context.State.Now.Generation;
        var threads = composer.NextThreads;

        // Where somebody has deleted the socket, HAProxy would refuse to start; without it the new process binds beside the old one.
        var socket = before is null ? null : Directory.CommandSocket(before.Generation);
        var source = File.Exists(socket) ? socket : null;
        context.Common.Directory.Restore();
        composer.BeginNext();
        files.WriteCertificates();
        for (var attempt = 1; ; attempt++)
        {
            var configuration = files.WriteNext(generation, threads);
            var begun = context.Now;
            var (uptime, kills) = (ProcessList.Uptime, OutOfMemory.Kills());
            stateFile.Write();

            // Held open until the process has it too, so that its reader never takes it for that of a process that has ended.
            using var log = context.State.Now.Targets.Any(LogSections.IsAny)
                ? NewLogFiles.Create(Directory.AccessLogs, generation, threads)
                : NewLogFiles.None;
            var (exitCode, text) = await context.Binary.RunAsync(Arguments(source), log, cancellationToken);
            if (exitCode == 0)
            {
                if ((before is not null && source is null) || IsWithoutSockets(text))
                {
                    CellLog.SocketsNotTaken(context.Logger, context.Number);
                }

                var process = await ConnectAsync(generation, cancellationToken);
                (process.Begun, process.Threads) = (begun, threads);
                return process;
            }

            await ending.EndBegunAsync(since: uptime, cancellationToken);
            if (source is null || !IsWithoutSockets(text))
            {
                LeaveOut(exitCode, text, kills, configuration, isLast: attempt == Attempts);
            }
            else if (!await AnswersAsync(before!, cancellationToken))
            {
                return null;
            }
            else if (attempt == Attempts)
            {
                throw new HAProxyException(
                    $"The HAProxy process {before!.ProcessId} does not give its sockets to the next one. {text.Trim()}");
            }
        }
    }

    private string[] Arguments(string? source) =>
        ["-D", "-p", Directory.ProcessIdFile, "-f", Directory.NextConfiguration, .. source is null ? (string[])[] : ["-x", source]];

    /// <summary>Whether it could not take over the sockets of the process before: that is no fault of its configuration.</summary>
    private static bool IsWithoutSockets(string text) => text.Contains("Failed to get the sockets", StringComparison.Ordinal);

    private static async Task<bool> AnswersAsync(CellProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await process.Session.SendAsync(ProcessInfo.AskForVersion, cancellationToken);
            return true;
        }
        catch (RuntimeException)
        {
            return false;
        }
    }

    private async Task<CellProcess> ConnectAsync(long generation, CancellationToken cancellationToken)
    {
        try
        {
            var process = await CellProcess.ConnectAsync(
                Directory, generation, context.Options.CommandTimeout, context.Clock, cancellationToken);
            process.StartedAt = context.Now;
            return process;
        }
        catch
        {
            // It runs and nobody could tell it anything: beside the old one it would take half of the connections.
            if (int.TryParse(await File.ReadAllTextAsync(Directory.ProcessIdFile, CancellationToken.None), out var stray)
                && ProcessList.IsUnder(stray, Directory.Root))
            {
                NativeMethods.Signal(stray, NativeMethods.SignalKill);
            }

            throw;
        }
    }

    /// <summary>Leaves out what HAProxy has named, so that the rest can be tried; throws when that cures nothing.</summary>
    private void LeaveOut(int exitCode, string text, long kills, CellConfiguration configuration, bool isLast)
    {
        Directory.KeepRefused();
        if (!text.Contains("[ALERT]", StringComparison.Ordinal))
        {
            throw new HAProxyException($"{OutOfMemory.Ended(exitCode, OutOfMemory.Kills() - kills)} {text.Trim()}".Trim());
        }

        var faults = StartFaults.Read(text, configuration);
        if (faults.Shared.Count > 0 && !isLast && composer.RefuseTemplates())
        {
            var said = string.Join("; ", faults.Shared);
            CellLog.TemplatesRefused(context.Logger, context.Number, said);
            context.Common.Templates.Tell(TemplateName.Processes, said);
            return;
        }

        if (faults.Shared.Count > 0 || isLast)
        {
            var advice = context.Options.GlobalText.Length > 0 ? "; check CloudLb:HAProxy:GlobalText" : "";
            var all = string.Join("; ", faults.Shared);
            throw new HAProxyException($"HAProxy refuses the configuration ({Directory.RefusedConfiguration}){advice}. It says: {all}");
        }

        examination.LeaveOut(faults.OfLoadBalancers, faults.ByTemplates);
    }
}
