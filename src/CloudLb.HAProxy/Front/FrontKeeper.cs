using System.Net;
using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Machine;
using CloudLb.HAProxy.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy.Front;

/// <summary>
/// Keeps the process that holds shared addresses, while there is anything to be reached there, and tells it what to lead to. Called by one
/// at a time.
/// </summary>
internal sealed partial class FrontKeeper(
    HAProxyDirectory shared, HAProxyBinary binary, IOptions<HAProxyOptions> options, ChangeSignal changes, TimeProvider clock,
    ILogger<FrontKeeper> logger)
{
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);

    private readonly FrontDirectory _directory = shared.Front;
    private readonly FrontStart _start = new(shared.Front, binary, options, clock);
    private readonly GoneSockets _gone = new(shared, clock);
    private readonly FreePorts _ports = new(logger);
    private IReadOnlyList<PlannedLoadBalancer> _applied = [];
    private PlannedAnswers? _answers;
    private volatile FrontProcess? _process;
    private bool _isAdopted;
    private volatile IReadOnlyList<IPEndPoint> _held = [];

    /// <summary>Where the process listens. Safe to read from any thread.</summary>
    public IReadOnlyList<IPEndPoint> Held => _held;

    /// <summary>
    /// Has shared addresses lead to these listeners and to nothing else. What fails is told, and tried again by the next pass.
    /// </summary>
    /// <param name="all">The load balancers with such listeners that are served, in the order of their ids.</param>
    /// <param name="oldestProcess">When the first of the processes was started that serve them, by the steady time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ApplyAsync(List<PlannedLoadBalancer> all, TimeSpan oldestProcess, CancellationToken cancellationToken)
    {
        var isAtRest = all.Count == 0
            ? _process is null && (_isAdopted || !Directory.Exists(_directory.Root))
            : _process is { IsAlive: true, Removed.Count: 0 } && _ports.AreAllFree && _gone.IsEmpty
                && all.SequenceEqual(_applied, ReferenceEqualityComparer.Instance);
        if (isAtRest)
        {
            return;
        }

        try
        {
            await ApplyChangedAsync(all, cancellationToken);
            _applied = all;
            _gone.Delete(FrontPlan.Of(all), oldestProcess);
        }
        catch (HAProxyException exception)
        {
            _applied = [];
            Log.Failed(logger, exception.Message);
        }
    }

    private async Task ApplyChangedAsync(List<PlannedLoadBalancer> all, CancellationToken cancellationToken)
    {
        await AdoptOnceAsync(cancellationToken);
        if (_process is { IsAlive: false } dead)
        {
            await _start.EndForGoodAsync(dead.Id);
            await dead.Session.DisposeAsync();
            _process = null;
        }

        var wanted = FrontPlan.Of(all);
        var plan = wanted.With([.. wanted.Ports.Select(port => _ports.Find(port, _process is null ? [] : _held)).OfType<FrontPort>()]);
        if (plan.Ports.Count == 0)
        {
            await EndAsync(TimeSpan.Zero);
            return;
        }

        // Load balancers of one style come and go without another process.
        _answers = all.Find(loadBalancer => loadBalancer.Answers == _answers)?.Answers ?? all[0].Answers;
        var settings = Settings(_answers, plan);
        var shape = FrontSections.Shape(settings with { CommandSocket = "socket" }, plan.Ports);
        if (_process is not { } process || process.Shape != shape || !await TryUpdateAsync(process, plan, settings, cancellationToken))
        {
            await HandOverAsync(plan, shape, settings, cancellationToken);
        }
    }

    /// <summary>
    /// Wants a sign of life of the process: one that gives none in the time of a command is ended and replaced by the next pass. Safe to
    /// call from any thread.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_process is not { IsAlive: true } process)
        {
            return;
        }

        try
        {
            await process.Session.SendAsync("show info", cancellationToken);
        }
        catch (RuntimeException exception) when (ReferenceEquals(process, _process))
        {
            Log.Silent(logger, process.Id, exception.Message);
            changes.Raise();
        }
        catch (RuntimeException)
        {
            // Another has followed it.
        }
    }

    /// <summary>At the end of CloudLb.</summary>
    /// <param name="isLeft">Whether the process goes on.</param>
    /// <param name="patience">How long what is under way may take.</param>
    public async Task StopAsync(bool isLeft, TimeSpan patience)
    {
        if (isLeft && _process is { } process)
        {
            _process = null;
            await process.Session.DisposeAsync();
        }
        else if (!isLeft)
        {
            await EndAsync(patience);
        }
    }

    private async Task AdoptOnceAsync(CancellationToken cancellationToken)
    {
        if (_isAdopted)
        {
            return;
        }

        // What it leads to is not asked: the next one follows at once, and takes its sockets over.
        _process = await _start.FindAsync(cancellationToken);
        _held = _process is null ? [] : _start.Places();
        _isAdopted = true;
    }

    /// <returns>False when only another process will do.</returns>
    private async Task<bool> TryUpdateAsync(
        FrontProcess process, FrontPlan plan, FrontSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var commands = FrontChanges.Between(process.Plan, plan, process.Removed, settings);
            var answers = await process.Session.SendAsync(commands, cancellationToken);
            if (commands.Zip(answers).FirstOrDefault(pair => !IsDone(pair.Second)) is ({ } command, { } answer))
            {
                Log.Refused(logger, command, answer);
                return false;
            }

            process.Removed.UnionWith(process.Plan.Servers);
            process.Removed.ExceptWith(plan.Servers);
            process.Plan = plan;
            if (commands.Count > 0)
            {
                _start.Write(plan, process.Shape!, settings with { CommandSocket = _directory.CommandSocket(process.Generation) });
            }

            await DeleteRemovedAsync(process, cancellationToken);
            return true;
        }
        catch (RuntimeException exception)
        {
            Log.Refused(logger, "commands", exception.Message);
            return false;
        }
    }

    /// <summary>What still has a connection is tried again by the next pass.</summary>
    private static async Task DeleteRemovedAsync(FrontProcess process, CancellationToken cancellationToken)
    {
        var removed = process.Removed.ToList();
        var answers = await process.Session.SendAsync([.. removed.Select(FrontChanges.Delete)], cancellationToken);
        process.Removed.ExceptWith(removed.Zip(answers).Where(pair => FrontChanges.IsDeleted(pair.Second)).Select(pair => pair.First));
    }

    private static bool IsDone(string answer) => answer is "" or "New server registered.";

    private async Task HandOverAsync(FrontPlan plan, string shape, FrontSettings settings, CancellationToken cancellationToken)
    {
        var before = _process is { IsAlive: true } running ? running : null;
        var next = await _start.StartAsync(before, plan, shape, settings, cancellationToken);
        _process = next;
        _held = [.. plan.Ports.SelectMany(port => port.Addresses.Select(address => new IPEndPoint(address, port.Number)))];
        Log.Serves(logger, next.Id, string.Join(", ", _held));
        var started = clock.GetTimestamp();
        next.Session.Closed.Register(() =>
        {
            if (ReferenceEquals(_process, next))
            {
                Log.Died(logger, next.Id);

                // One that has ended as soon as that waits for the next pass.
                if (clock.GetElapsedTime(started) > ShortestLife)
                {
                    changes.Raise();
                }
            }
        });
        if (before is not null)
        {
            NativeMethods.Signal(before.Id, NativeMethods.SignalUser1);
            await before.Session.DisposeAsync();
        }

        _start.FinishOthers(next);
        changes.Raise();
    }

    private async Task EndAsync(TimeSpan patience)
    {
        var process = _process;
        _process = null;
        _held = [];
        if (process is not null)
        {
            await SoftStop.FinishAsync([(process.Id, process.Session)], patience, clock, CancellationToken.None);
            await process.Session.DisposeAsync();
        }

        await _start.EndAllAsync();
    }

    private FrontSettings Settings(PlannedAnswers answers, FrontPlan plan)
    {
        shared.KeepAnswers(answers);
        return new()
        {
            MaxConnections = DescriptorLimit.Connections(
                OpenFilesLimit.Hard(), options.Value.MaxConnections, plan.Ports.Sum(port => port.Addresses.Count), 0),
            Threads = Math.Clamp(options.Value.Processors, 1, 4),
            FirstRequestTimeout = options.Value.FirstRequestTimeout,
            CommandSocket = "",
            HeaderNamesFile = shared.HeaderNamesFile,
            ErrorFileDirectory = shared.ErrorFileDirectory,
            Answers = answers,
            Sockets = shared.FrontSockets,
            Group = shared.User?.Group,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(5041, LogLevel.Information, "The front process {ProcessId} serves {Places} by host names")]
        public static partial void Serves(ILogger logger, int processId, string places);

        [LoggerMessage(5043, LogLevel.Error, "The front process {ProcessId} has ended unasked; it is started again")]
        public static partial void Died(ILogger logger, int processId);

        [LoggerMessage(5046, LogLevel.Error, "The front process {ProcessId} gives no sign of life, and is replaced: {Reason}")]
        public static partial void Silent(ILogger logger, int processId, string reason);

        [LoggerMessage(5045, LogLevel.Error, "What shared addresses lead to could not be changed: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(5044, LogLevel.Warning, "The front process answered {Command} with \"{Answer}\"; another takes over")]
        public static partial void Refused(ILogger logger, string command, string answer);
    }
}
