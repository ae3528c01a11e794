using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Counters;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Members;
using CloudLb.HAProxy.Metrics;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.State;

namespace CloudLb.HAProxy.Cells;

/// <summary>
/// Some load balancers and the HAProxy process that serves them. What is planned is set from outside; <see cref="UpdateAsync"/> and
/// <see cref="HandOverAsync"/> make it so. One gate keeps everything that changes a process in order; what others read is the state, which
/// is replaced as a whole. What is done, the rooms do; none of them calls back.
/// </summary>
internal sealed class Cell
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CellContext _context;
    private readonly CellRooms _rooms;

    /// <param name="directory">Where its files are.</param>
    /// <param name="common">What all cells work with.</param>
    /// <param name="queue">Where members wait to be looked at.</param>
    /// <param name="processes">How many cells serve something, or are about to.</param>
    public Cell(CellDirectory directory, CommonContext common, ProbeQueue queue, Func<int> processes)
    {
        _context = new(common, directory);
        _rooms = new(_context, queue, processes);
    }

    public int Number => _context.Number;

    /// <summary>What is planned and served now. Safe to read from any thread.</summary>
    public CellState State => _context.State.Now;

    /// <summary>What is known of the members' checks. Safe to use from any thread.</summary>
    public HealthTable Health => _rooms.Checks.Health;

    /// <summary>What the cell's load balancers have carried. Safe to use from any thread.</summary>
    public CellTraffic Traffic => _rooms.Traffic.Totals;

    /// <summary>Asks the processes, outside the gate.</summary>
    public StatusReader Status => _rooms.Status;

    /// <summary>Whether a pass would have anything to do here.</summary>
    public bool NeedsWork => State.NeedsWork || _rooms.Proofs.HasSeen;

    /// <summary>Whether there are connections that somebody must see to an end.</summary>
    public bool IsFinishing => State is { Old.IsEmpty: false } or { Process.Draining.IsEmpty: false };

    /// <summary>Whether it is to be looked after more often than at rest.</summary>
    public bool IsUnderWay => IsFinishing || _rooms.Starts.IsUnderWay;

    /// <summary>Takes up what is planned for a load balancer; null when it is to go away. Called between passes only.</summary>
    public void Plan(LoadBalancerId key, PlannedLoadBalancer? next) => _context.State.Change(state => state.Plan(key, next));

    /// <summary>Other templates are in force. Called between passes only.</summary>
    public void TakeUpTemplates() => _context.State.Change(state => state with
    {
        Changed = state.Changed.Union(state.Entries.Keys),
        Drift = state.Drift ?? (_rooms.Composer.IsBehind && state.Process is not null ? "template changed" : null),
    });

    /// <summary>Takes over what an earlier CloudLb left.</summary>
    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        Traffic.Load();
        await _rooms.Adoption.AdoptAsync(cancellationToken);
    }

    /// <summary>Does what commands to the running process can do.</summary>
    /// <returns>Why a hand-over is needed for the rest; null when all is done.</returns>
    public async Task<string?> UpdateAsync(CancellationToken cancellationToken)
    {
        await _rooms.Admission.SeeNewMembersAsync(cancellationToken);
        using var turn = await TurnAsync(cancellationToken);
        _rooms.Poll.Forget();
        var reason = await _rooms.Pass.UpdateAsync(cancellationToken);
        await _rooms.Starts.TendAsync(cancellationToken);
        return reason;
    }

    /// <summary>Has the next process take over from the one that serves.</summary>
    /// <param name="reason">Why, in words that logs and counters use.</param>
    /// <param name="cancellationToken">Ends it before a process is started, and not after that.</param>
    /// <returns>Whether something was changed before the next process accepted.</returns>
    public async Task<bool> HandOverAsync(string reason, CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        _rooms.Poll.Forget();
        var isChanging = await _rooms.HandOver.HandOverAsync(reason, cancellationToken);
        await _rooms.Starts.TendAsync(CancellationToken.None);
        return isChanging;
    }

    /// <summary>Looks after what drains, what finishes and what starts slowly. Called a few times a second.</summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        _rooms.Life.Look();
        if (!IsUnderWay && !_rooms.Starts.IsUsed)
        {
            return;
        }

        using var turn = await TurnAsync(cancellationToken);
        if (IsFinishing)
        {
            _rooms.Poll.Forget();
            await _rooms.Tending.TendAsync(cancellationToken);
        }

        await _rooms.Starts.TendAsync(cancellationToken);
    }

    /// <summary>Reads all that the process has.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        _rooms.Proofs.LookAtAll();
        using var turn = await TurnAsync(cancellationToken);
        await _rooms.Poll.PollAsync(cancellationToken);
    }

    /// <summary>Lets go of the load balancers' texts.</summary>
    public async Task LetGoAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        _rooms.Texts.LetGo();
    }

    /// <summary>Takes up what a process has told of its own accord. Never waits.</summary>
    public void Observe(HealthEvent told)
    {
        _rooms.Checks.Observe(told);
        if (told.Kind is HealthEventKind.Failed or HealthEventKind.Down)
        {
            _rooms.Proofs.LookAgain(told.Member);
        }
    }

    /// <summary>Tells the processes what they cannot know of their members.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (_rooms.Checks.HasNoted)
        {
            using var turn = await TurnAsync(cancellationToken);
            await _rooms.Checks.TellAsync(cancellationToken);
            await _rooms.Starts.TendAsync(cancellationToken);
        }

        if (_rooms.Checks.HasFailed)
        {
            // A process that a hand-over is about to leave behind is told too: the hand-over is waited for, and then nobody is kept
            // waiting.
            (await TurnAsync(cancellationToken)).Dispose();
            await _rooms.Failed.CloseAsync(cancellationToken);
        }
    }

    /// <summary>
    /// What the certificate of a planned instance says of its health; null when that is for its checks to say. Safe to call from any
    /// thread.
    /// </summary>
    public ObservedHealth? HealthByProof(PlannedLoadBalancer planned, string instanceId) =>
        _rooms.Admission.HealthByProof(planned, instanceId);

    /// <inheritdoc cref="OldProcesses.DrainLimits.IsDraining"/>
    public bool IsDraining(CellEntry entry, MemberName name, string pool) => _rooms.Limits.IsDraining(entry, name, pool);

    /// <summary>Ends the processes, and writes down what the next start goes on from.</summary>
    /// <param name="patience">How long what is under way may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task StopAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        await _rooms.Stop.StopAsync(patience, cancellationToken);
    }

    /// <summary>Lets the processes go on by themselves.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        using var turn = await TurnAsync(cancellationToken);
        await _rooms.Stop.LeaveAsync();
    }

    private async Task<IDisposable> TurnAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Turn(_gate);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
