using CloudLb.Core;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Domain;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.ElbV2.Health;

/// <summary>
/// Deregisters targets whose instances have been terminated, as AWS does: it looks every second, and those that are found together are one
/// change.
/// </summary>
internal sealed partial class TerminatedTargets(
    IResourceStore store, IInventory inventory, ClockSpeed speed, TimeProvider clock, ILogger<TerminatedTargets> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var terminated = inventory.Terminated.ToHashSet(StringComparer.Ordinal);
        if (terminated.Count == 0 || !Groups(store.Current, terminated).Any())
        {
            return;
        }

        foreach (var (group, id) in await store.ChangeAsync(snapshot => Without(snapshot, terminated), cancellationToken))
        {
            Log.Deregistered(logger, id.Id, id.Port, group);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        clock.RepeatAsync(Interval, LookAsync, exception => Log.LookFailed(logger, exception), stoppingToken);

    private static IEnumerable<TargetGroup> Groups(Snapshot snapshot, HashSet<string> terminated) => snapshot.TargetGroups.All
        .Where(group => group.TargetType == TargetType.Instance && group.Targets.Any(target => terminated.Contains(target.Id)));

    private (Snapshot Next, IReadOnlyList<(Arn Group, TargetId Id)> Removed) Without(Snapshot snapshot, HashSet<string> terminated)
    {
        var (next, removed) = (snapshot, new List<(Arn Group, TargetId Id)>());
        foreach (var group in Groups(snapshot, terminated))
        {
            var ids = group.Targets.Where(target => terminated.Contains(target.Id))
                .Select(target => new TargetId(target.Id, target.Port)).ToList();
            next = next.With(
                TargetGroupCollection.Kind,
                group.WithoutTargets(ids, snapshot.LoadBalancerOf(group.Arn) is not null, clock.GetUtcNow(), speed));
            removed.AddRange(ids.Select(id => (group.Arn, id)));
        }

        return (next, removed);
    }

    private static partial class Log
    {
        [LoggerMessage(4206, LogLevel.Information, "{Instance} has been terminated: its port {Port} was deregistered from {TargetGroup}")]
        public static partial void Deregistered(ILogger logger, string instance, int port, Arn targetGroup);

        [LoggerMessage(4207, LogLevel.Error, "Terminated targets could not be deregistered; that is tried again every second")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
