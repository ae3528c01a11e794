using System.Globalization;
using System.Net;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Nginx.Configuration;
using CloudLb.Nginx.Executable;
using CloudLb.Nginx.Files;
using CloudLb.Nginx.Flows;
using CloudLb.Nginx.Machine;

namespace CloudLb.Nginx.Instances;

/// <summary>
/// One load balancer's nginx: a master with one worker. What is changed of one ends no flow of another. One caller at a time.
/// </summary>
/// <remarks>A reload ends the flows of the worker before (1.22.1): their next datagrams begin new ones, by the same hash.</remarks>
internal sealed class NginxInstance(string directory, NginxBinary binary, TimeSpan patience, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly FlowLog _flows = new(directory);
    private readonly SignOfLife _sign = new(patience, clock);
    private int _master;
    private (long Flows, long Active) _told;
    private long? _countedAt;

    /// <summary>Its files, and nobody else's.</summary>
    public string Directory => directory;

    /// <summary>What it serves; null when nothing is known of it. Kept on disk, so that the next CloudLb need not change it.</summary>
    public string? Served { get; private set; }

    public bool IsRunning => _master > 0 && NginxProcesses.IsIn(_master, directory);

    private string PidFile => Path.Combine(directory, "nginx.pid");

    private string ErrorFile => Path.Combine(directory, "errors.log");

    private string ServedFile => Path.Combine(directory, "served.conf");

    /// <summary>Finds the process that an earlier CloudLb has left, and what it serves.</summary>
    public void Adopt()
    {
        Served = NginxDirectory.Read(ServedFile);
        _master = ReadMaster();
    }

    /// <summary>
    /// What it has carried: flows that have ended, by the lines that they have left, and those that it has now. The number of flows does
    /// not go back where one has ended between the two looks.
    /// </summary>
    public DatagramTraffic Count(LoadBalancerId id, ConnectedSockets sockets)
    {
        var isRunning = IsRunning;
        var places = isRunning ? NginxProcesses.ChildrenOf(_master).SelectMany(sockets.PlacesOf).ToList() : [];
        var active = places.Count;
        var ended = _flows.Read(() => NginxProcesses.Signal(_master, NginxProcesses.SignalReopen));
        var (before, since) = (_told, _countedAt);
        _told = (Math.Max(_told.Flows, ended.Flows + active), active);
        _countedAt = clock.GetTimestamp();
        return new(id, _told.Flows, active, ended.Bytes)
        {
            ProcessId = isRunning ? _master : null,
            PerSecond = since is { } then ? (long)((_told.Flows - before.Flows) / clock.GetElapsedTime(then).TotalSeconds) : 0,
            Places = places.CountBy(place => place).ToDictionary(),
        };
    }

    /// <summary>Whether datagrams to the place are taken by it, so that nobody need ask whether the place is free.</summary>
    public bool ListensAt(IPEndPoint place) => Served?.Contains(StreamConfiguration.ListenLine(place), StringComparison.Ordinal) == true;

    /// <summary>Whether the member is given flows by it.</summary>
    public bool Serves(PlannedMember member) =>
        IsRunning && Served?.Contains(StreamConfiguration.MemberWords(member), StringComparison.Ordinal) == true;

    /// <summary>The master of a process that hangs, which ought to be ended; null while none is known to.</summary>
    public int? FindHung() => IsRunning && _sign.IsMissing(_master) ? _master : null;

    /// <summary>Ends what hangs; what is served next starts it anew.</summary>
    /// <exception cref="NginxException">Not even SIGKILL ends it.</exception>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _sign.Forget();
        if (!await NginxProcesses.EndAsync(directory, NginxProcesses.SignalKill, patience, clock, cancellationToken))
        {
            throw new NginxException($"An nginx of {directory} hangs and does not end, not even by SIGKILL.");
        }
    }

    /// <summary>Serves this, and returns when it does. What was served before goes on when nginx does not take it.</summary>
    /// <exception cref="NginxException">It is not served.</exception>
    public async Task ServeAsync(string text, CancellationToken cancellationToken)
    {
        var isRunning = IsRunning;
        if (isRunning && Served == text)
        {
            return;
        }

        try
        {
            NginxDirectory.Write(Path.Combine(directory, "nginx.conf"), text);
            NginxDirectory.Write(ErrorFile, "");
            await (isRunning ? ReloadAsync(cancellationToken) : StartAsync(cancellationToken));
            Served = text;
            NginxDirectory.Write(ServedFile, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NginxException($"{directory} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Starts again what has died.</summary>
    public Task KeepAsync(CancellationToken cancellationToken) =>
        Served is { } served ? ServeAsync(served, cancellationToken) : Task.CompletedTask;

    /// <summary>Ends it and removes its files.</summary>
    /// <exception cref="NginxException">A process does not end.</exception>
    public async Task EndAsync(bool isForgotten, CancellationToken cancellationToken)
    {
        _sign.Forget();
        if (!System.IO.Directory.Exists(directory))
        {
            return;
        }

        if (!await NginxProcesses.EndAsync(directory, NginxProcesses.SignalEnd, patience, clock, cancellationToken))
        {
            throw new NginxException($"An nginx of {directory} does not end.");
        }

        if (isForgotten)
        {
            NginxDirectory.Remove(directory);
            Served = null;
        }
    }

    public void Dispose() => _sign.Dispose();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _sign.Forget();

        // Workers outlive a master that is killed. They keep their flows until the new one has the port, which the kernel then prefers.
        var orphans = NginxProcesses.In(directory);
        // nginx writes its process id into it, and does not start where it cannot: on a full disk it is a link into memory by this.
        NginxDirectory.Write(PidFile, "0");
        File.Delete(Path.Combine(directory, StreamConfiguration.AliveSocket));
        _flows.AddLost(_told.Active);
        _told.Active = 0;
        var path = (await binary.FindAsync(cancellationToken)).Path;
        var (exitCode, text) = await binary.RunAsync(
            path, ["-p", directory + "/", "-c", "nginx.conf", "-e", "errors.log"], directory, cancellationToken);
        if (exitCode != 0)
        {
            throw new NginxException(Complaint(text + NginxDirectory.Read(ErrorFile)));
        }

        if (!await IsSoAsync(() => (_master = ReadMaster()) > 0 && NginxProcesses.ChildrenOf(_master).Count > 0, cancellationToken))
        {
            throw new NginxException(NotTakenUp);
        }

        foreach (var orphan in orphans)
        {
            NginxProcesses.Signal(orphan, NginxProcesses.SignalKill);
        }
    }

    /// <summary>A reload is taken when there is a worker that was not there before; else the master goes on as it was.</summary>
    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var before = NginxProcesses.ChildrenOf(_master).ToHashSet();
        NginxProcesses.Signal(_master, NginxProcesses.SignalReload);
        if (!await IsSoAsync(() => NginxProcesses.ChildrenOf(_master).Any(worker => !before.Contains(worker)), cancellationToken))
        {
            // The master hangs, whatever its worker does.
            await KillAsync(cancellationToken);
            throw new NginxException(NotTakenUp);
        }

        if (!await IsSoAsync(() => !NginxProcesses.ChildrenOf(_master).Any(before.Contains), cancellationToken))
        {
            foreach (var hung in NginxProcesses.ChildrenOf(_master).Where(before.Contains))
            {
                NginxProcesses.Signal(hung, NginxProcesses.SignalKill);
            }
        }
    }

    /// <summary>False when it has not become so in time.</summary>
    private async Task<bool> IsSoAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        while (!isSo())
        {
            if (NginxDirectory.Read(ErrorFile) is { Length: > 0 } text && text.Contains('\n', StringComparison.Ordinal))
            {
                throw new NginxException(Complaint(text));
            }

            if (clock.GetElapsedTime(since) > patience)
            {
                return false;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }

        return true;
    }

    /// <summary>0 when there is none, or it has ended.</summary>
    private int ReadMaster() =>
        int.TryParse(NginxDirectory.Read(PidFile)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && NginxProcesses.IsIn(id, directory) ? id : 0;

    private string NotTakenUp => $"nginx has not taken up its configuration within {patience.TotalSeconds} s.";

    private static string Complaint(string text) => $"nginx has refused its configuration: {text.Split('\n')[0].Trim()}.";
}
