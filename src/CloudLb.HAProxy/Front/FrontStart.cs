using System.Net;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Runtime;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy.Front;

/// <summary>How front processes begin, are found and end.</summary>
internal sealed class FrontStart(FrontDirectory directory, HAProxyBinary binary, IOptions<HAProxyOptions> options, TimeProvider clock)
{
    private const string ProcessId = "Pid: ", BindLine = "  bind ";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>The next process, which takes over the sockets of the one before.</summary>
    public async Task<FrontProcess> StartAsync(
        FrontProcess? before, FrontPlan plan, string shape, FrontSettings settings, CancellationToken cancellationToken)
    {
        var generation = directory.Generations().FirstOrDefault(before?.Generation ?? 0) + 1;
        Write(plan, shape, settings with { CommandSocket = directory.CommandSocket(generation) });
        var source = before is null ? null : directory.CommandSocket(before.Generation);
        string[] takingOver = source is not null && File.Exists(source) ? ["-x", source] : [];
        var (exitCode, text) = await binary.RunAsync(
            ["-D", "-p", directory.ProcessIdFile, "-f", directory.Configuration, .. takingOver], cancellationToken);
        if (exitCode != 0)
        {
            throw new HAProxyException($"The front process for the shared address does not start. HAProxy says: {text.Trim()}");
        }

        var process = await ConnectAsync(generation, cancellationToken);
        return process with { Shape = shape, Plan = plan };
    }

    /// <summary>What the next process is started with, and this one's successor if it dies.</summary>
    public void Write(FrontPlan plan, string shape, FrontSettings settings)
    {
        foreach (var (port, hosts) in plan.Hosts)
        {
            directory.Write(
                FrontDirectory.MapOf(port),
                string.Concat(hosts.OrderBy(host => host.Key, StringComparer.Ordinal).Select(host => $"{host.Key} {host.Value.Text}\n")));
        }

        directory.DeleteMapsBut([.. plan.Hosts.Keys]);
        directory.Write(
            Path.GetFileName(directory.Configuration),
            FrontSections.Whole(FrontSections.Shape(settings, plan.Ports), settings, plan.Routes));
    }

    /// <summary>The process that an earlier CloudLb left; null when there is none that answers.</summary>
    public async Task<FrontProcess?> FindAsync(CancellationToken cancellationToken)
    {
        foreach (var generation in directory.Generations())
        {
            try
            {
                var process = await ConnectAsync(generation, cancellationToken);
                if (ProcessList.IsUnder(process.Id, directory.Root))
                {
                    return process;
                }

                await process.Session.DisposeAsync();
            }
            catch (RuntimeException)
            {
                // It is gone.
            }
        }

        return null;
    }

    /// <summary>Where the process that was found listens, by what it was started with.</summary>
    public IReadOnlyList<IPEndPoint> Places() => !File.Exists(directory.Configuration) ? []
        : [.. File.ReadLines(directory.Configuration)
            .Where(line => line.StartsWith(BindLine, StringComparison.Ordinal))
            .Select(line => IPEndPoint.TryParse(line[BindLine.Length..], out var place) ? place : null)
            .OfType<IPEndPoint>()];

    /// <summary>Lets all but one finish what they have, and removes the sockets of those that are not spoken to any more.</summary>
    public void FinishOthers(FrontProcess process)
    {
        foreach (var other in ProcessList.Under(directory.Root).Where(other => other != process.Id))
        {
            NativeMethods.Signal(other, NativeMethods.SignalUser1);
        }

        foreach (var generation in directory.Generations().Where(generation => generation != process.Generation))
        {
            File.Delete(directory.CommandSocket(generation));
        }
    }

    /// <summary>Ends one that does not answer any more, if it is there, and waits until its ports are free.</summary>
    public async Task EndForGoodAsync(int processId)
    {
        var since = clock.GetTimestamp();
        while (ProcessList.IsUnder(processId, directory.Root) && clock.GetElapsedTime(since) < options.Value.StopTimeout)
        {
            NativeMethods.Signal(processId, NativeMethods.SignalKill);
            await Task.Delay(Pause, clock);
        }
    }

    public async Task EndAllAsync()
    {
        var since = clock.GetTimestamp();
        for (var processes = ProcessList.Under(directory.Root); processes.Count > 0; processes = ProcessList.Under(directory.Root))
        {
            var signal = clock.GetElapsedTime(since) < options.Value.StopTimeout ? NativeMethods.SignalEnd : NativeMethods.SignalKill;
            foreach (var process in processes)
            {
                NativeMethods.Signal(process, signal);
            }

            await Task.Delay(Pause, clock);
        }

        foreach (var generation in directory.Generations())
        {
            File.Delete(directory.CommandSocket(generation));
        }
    }

    private async Task<FrontProcess> ConnectAsync(long generation, CancellationToken cancellationToken)
    {
        var session = await CommandSession.OpenAsync(
            directory.CommandSocket(generation), options.Value.CommandTimeout, clock, cancellationToken);
        var info = await session.SendAsync("show info", cancellationToken);
        var line = info.Split('\n').FirstOrDefault(line => line.StartsWith(ProcessId, StringComparison.Ordinal));
        return line is not null && int.TryParse(line[ProcessId.Length..], out var id)
            ? new(id, generation, session)
            : throw new RuntimeException("The front process does not say who it is");
    }
}
