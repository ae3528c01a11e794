using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Machine;

namespace CloudLb.HAProxy.Cells;

/// <summary>What a process of the cell is given to read.</summary>
internal sealed partial class Cell
{
    /// <summary>The threads of a process that starts now.</summary>
    private int NextThreads => context.Options.Value.ThreadsBeside(processes());

    /// <summary>The whole configuration of a process: what the load balancers share, and then each of them.</summary>
    /// <param name="generation">Of the process, whose sockets bear it.</param>
    /// <param name="threads">Of the process.</param>
    /// <param name="isNext">Whether it is for the process that starts now, and not to stand for the one that runs.</param>
    private CellConfiguration Compose(long generation, int threads, bool isNext = false)
    {
        var targets = _entries.Values.Where(entry => entry.Target is not null).OrderBy(entry => entry.Id).ToList();
        var options = context.Options.Value;
        var spread = CheckSpread.Usual(targets.Select(entry => entry.Target!));
        var members = targets.Sum(entry => entry.Target!.Pools.Sum(pool => pool.Members.Count));
        var answers = targets.FirstOrDefault()?.Target!.Answers ?? new("", []);
        if (isNext)
        {
            context.Directory.KeepAnswers(answers);
        }

        var settings = new CommonSettings
        {
            MaxConnections = DescriptorLimit.Connections(
                OpenFilesLimit.Hard(), options.MaxConnections, targets.Sum(entry => Binds(entry.Target!, threads)), members),
            LoadBalancers = targets.Count,
            FirstRequestTimeout = options.FirstRequestTimeout,
            MaxSilentConnectionsPerSource = options.MaxSilentConnectionsPerSource,
            Threads = threads,
            CheckSpread = isNext
                ? _checks.Begin(spread, targets.SelectMany(entry => entry.Target!.Pools).Select(pool => pool.Probe.Interval).DefaultIfEmpty().Min())
                : spread,
            IsNulRefused = context.Binary.Capabilities.RefusesNul,
            IsLogged = targets.Any(entry => entry.Target!.IsLogged),
            CommandSocket = directory.CommandSocket(generation),
            PassOnSocket = directory.PassOnSocket(generation),
            NextSocket = directory.NextSocket,
            HealthSocket = context.Directory.HealthSocket,
            User = context.Directory.User is { } user ? (user.Id, user.Group) : null,
            StateFile = directory.StateFile,
            ErrorFileDirectory = context.Directory.ErrorFileDirectory,
            Answers = answers,
            ScriptFile = context.Directory.ScriptFile,
            HasLua = context.Binary.Capabilities.HasLua,
            HeaderNamesFile = context.Directory.HeaderNamesFile,
            CertificateDirectory = _certificates.Root,
            GlobalText = options.GlobalText,
        };
        return CellConfiguration.Compose(settings, targets.Select(entry => entry.Sections(entry.Target!, options, context.Binary.Capabilities, threads)));
    }

    private static int Binds(PlannedLoadBalancer target, int threads) =>
        target.Addresses.Count * target.Listeners.Sum(listener => LogSlot.Frontends(target, listener.Port, threads).Count());
}
