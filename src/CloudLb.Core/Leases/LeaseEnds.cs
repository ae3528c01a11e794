using CloudLb.Core.Accounts;
using CloudLb.Core.Resources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.Core.Leases;

/// <summary>
/// Deregisters members whose lease has ended. It looks at all of them every second; those that end together are one change, in which each
/// is looked at once more: one that has just registered stays.
/// </summary>
public sealed partial class LeaseEnds(
    IResourceStore store, Leases leases, IEnumerable<ILeasedRegistrations> apis, LeaseInstruments instruments,
    IOptions<MemberOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<LeaseEnds> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HashSet<LeasedRegistration> _toldOverdue = [];
    private (Snapshot Of, IReadOnlyList<(Member Member, LeasedRegistration Registration)> All)? _held;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nobody can register before the API takes calls.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await clock.RepeatAsync(Interval, LookAsync, exception => Log.LookFailed(logger, exception), stoppingToken);
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var current = store.Current;
        if (!ReferenceEquals(_held?.Of, current))
        {
            _held = (current, HeldIn(current));
        }

        var held = _held!.Value.All;
        leases.Look([.. held.Select(one => one.Registration)]);
        var ended = EndedOf(held);
        var removed = ended.Count > 0 && !ReferenceEquals(Without(current, ended), current)
            ? await store.ChangeAsync(Remove, cancellationToken)
            : [];
        foreach (var (member, registration) in removed)
        {
            leases.NoteEnd(registration, member.Instance);
            Log.Ended(logger, member.Key, member.Instance, registration.Resource, member.Lease);
        }

        var overdue = ended.Where(one => !removed.Contains(one)).ToList();
        foreach (var (member, registration) in overdue.Where(one => _toldOverdue.Add(one.Registration)))
        {
            Log.Overdue(logger, member.Key, member.Instance, registration.Resource, options.Value.MinimumInstances);
        }

        _toldOverdue.IntersectWith(overdue.Select(one => one.Registration));
        instruments.Looked(removed.Count, overdue.Count);
    }

    private (Snapshot Next, IReadOnlyList<(Member Member, LeasedRegistration Registration)> Removed) Remove(Snapshot snapshot)
    {
        var ended = EndedOf(HeldIn(snapshot));
        var next = Without(snapshot, ended);
        var left = HeldIn(next).Select(one => one.Registration).ToHashSet();
        return (next, [.. ended.Where(one => !left.Contains(one.Registration))]);
    }

    private Snapshot Without(Snapshot snapshot, IReadOnlyList<(Member Member, LeasedRegistration Registration)> ended) => apis.Aggregate(
        snapshot, (next, api) => api.Without(next, [.. ended.Select(one => one.Registration)], options.Value.MinimumInstances));

    private IReadOnlyList<(Member Member, LeasedRegistration Registration)> HeldIn(Snapshot snapshot) =>
    [
        .. snapshot.Members.All.Where(member => member.Lease is not null)
            .SelectMany(member => apis.SelectMany(api => api.Of(member, snapshot)).Select(registration => (member, registration))),
    ];

    /// <summary>The longest ago first.</summary>
    private List<(Member Member, LeasedRegistration Registration)> EndedOf(
        IReadOnlyList<(Member Member, LeasedRegistration Registration)> held) =>
    [
        .. held.Select(one => (one.Member, one.Registration, Over: leases.AgeOf(one.Registration) - one.Member.Lease))
            .Where(one => one.Over >= TimeSpan.Zero)
            .OrderByDescending(one => one.Over)
            .Select(one => (one.Member, one.Registration)),
    ];

    private static partial class Log
    {
        [LoggerMessage(
            4301, LogLevel.Warning,
            "The member {Member} has not registered again for {Lease}: {Instance} was deregistered from {LoadBalancer}")]
        public static partial void Ended(ILogger logger, MemberKey member, string instance, string loadBalancer, TimeSpan? lease);

        [LoggerMessage(
            4302, LogLevel.Warning,
            "The member {Member} has not registered again in time; {Instance} stays registered with {LoadBalancer}, which keeps " +
            "{Minimum} (Members:MinimumInstances)")]
        public static partial void Overdue(ILogger logger, MemberKey member, string instance, string loadBalancer, int minimum);

        [LoggerMessage(4303, LogLevel.Error, "Members whose lease has ended could not be deregistered; that is tried again every second")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
