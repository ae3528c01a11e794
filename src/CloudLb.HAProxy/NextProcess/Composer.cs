using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Templates;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>Puts together what a process of the cell is given to read. Used under the gate.</summary>
/// <param name="context">What the cell works with.</param>
/// <param name="texts">The load balancers' parts.</param>
/// <param name="certificates">Where those of the listeners are.</param>
/// <param name="processes">How many cells serve something, or are about to.</param>
internal sealed class Composer(CellContext context, LoadBalancerTexts texts, CertificateFiles certificates, Func<int> processes)
{
    private readonly CheckRounds _checks = new(context.Clock);
    private TemplateSet? _templates = context.Common.Templates.Now.Processes;
    private TemplateSet? _templatesBefore;
    private string? _refusedTemplates;

    /// <summary>The threads of a process that starts now.</summary>
    public int NextThreads => context.Options.ThreadsBeside(processes());

    /// <summary>Whether what all load balancers share is written by other templates than those in force.</summary>
    public bool IsBehind => context.Common.Templates.Now.Processes?.Key is var key && key != _templates?.Key && key != _refusedTemplates;

    /// <summary>The process that starts is given the templates in force, unless another was refused with them.</summary>
    public void BeginNext()
    {
        _templatesBefore = _templates;
        if (IsBehind)
        {
            _templates = context.Common.Templates.Now.Processes;
        }
    }

    /// <summary>HAProxy has refused what all share: back to what it took before.</summary>
    /// <returns>Whether there is anything to go back to.</returns>
    public bool RefuseTemplates()
    {
        if (_templates?.Key == _templatesBefore?.Key)
        {
            return false;
        }

        (_refusedTemplates, _templates) = (_templates?.Key, _templatesBefore);
        return true;
    }

    /// <summary>The whole configuration of a process: what the load balancers share, and then each of them.</summary>
    /// <param name="generation">Of the process, whose sockets bear it.</param>
    /// <param name="threads">Of the process.</param>
    /// <param name="isNext">Whether it is for the process that starts now, and not to stand for the one that runs.</param>
    public CellConfiguration Compose(long generation, int threads, bool isNext = false)
    {
        var targets = context.State.Now.Targets.ToList();
        var (options, shared, directory) = (context.Options, context.Common.Directory, context.Directory);
        var spread = CheckSpread.Usual(targets);
        var binds = targets.Sum(target => Binds(target, threads));
        var members = targets.Sum(target => target.Pools.Sum(pool => pool.Members.Count));
        var interval = targets.SelectMany(target => target.Pools).Select(pool => pool.Probe.Interval).DefaultIfEmpty().Min();
        var answers = targets.Select(target => target.Answers).DistinctBy(each => each.Style).OrderBy(each => each.Style).ToList();
        if (isNext)
        {
            answers.ForEach(shared.KeepAnswers);
        }

        var connections = DescriptorLimit.Connections(OpenFilesLimit.Hard(), options.MaxConnections, binds, members);
        var settings = new CommonSettings
        {
            MaxConnections = connections,
            LoadBalancers = targets.Count,
            FirstRequestTimeout = options.FirstRequestTimeout,
            MaxSilentConnectionsPerSource = options.MaxSilentConnectionsPerSource,
            Threads = threads,
            CheckSpread = isNext ? _checks.Begin(spread, interval) : spread,
            IsNulRefused = context.Capabilities.RefusesNul,
            AreWindowsSized = context.Capabilities.SizesWindows,
            IsLogged = targets.Any(LogSections.IsAny),
            IsApplicationLogged = targets.Any(
                target => LogSections.IsApplication(target) && target.Listeners.Any(listener => listener.Mode == TrafficMode.Http)),
            IsShared = targets.Any(target => target.Listeners.Any(SharedLines.IsReachedByName)),
            SignInSocket = targets.Any(target => target.Listeners.Any(SessionLines.AreIn)) ? shared.SignInSocket : null,
            AsksClients = targets.Any(target => target.Listeners.Any(listener => listener.Tls?.ClientAuthentication is not null)),
            HasOwnListeners = targets.Any(target => target.Listeners.Any(OwnListenerLines.IsOwn)),
            AsksForPaths = targets.Any(target => target.Listeners.Any(PathLines.AreAsked)),
            Http2LoadBalancers = targets.Count(Http2Lines.IsSpoken),
            FreeDescriptors = DescriptorLimit.Free(OpenFilesLimit.Hard(), connections, binds, members),
            CommandSocket = directory.CommandSocket(generation),
            PassOnSocket = directory.PassOnSocket(generation),
            NextSocket = directory.NextSocket,
            HealthSocket = shared.HealthSocket,
            User = shared.User is { } user ? (user.Id, user.Group) : null,
            StateFile = directory.StateFile,
            ErrorFileDirectory = shared.ErrorFileDirectory,
            Answers = answers,
            ScriptFile = shared.ScriptFile,
            TablesFile = shared.TablesFile,
            HasLua = context.Capabilities.HasLua,
            HeaderNamesFile = shared.HeaderNamesFile,
            CertificateDirectory = certificates.Root,
            Templates = _templates,
            GlobalText = options.GlobalText,
        };
        return CellConfiguration.Compose(settings, targets.Select(target => texts.Sections(target, threads)));
    }

    private static int Binds(PlannedLoadBalancer target, int threads) =>
        target.Addresses.Count * target.Listeners.Sum(listener => LogSlot.Frontends(target, listener.Port, threads).Count());
}
