using System.Collections.Immutable;
using CloudLb.Core;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Status;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Planning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudLb.ElbV2.Health;

/// <summary>
/// Looks at what the targets of groups with weighted random make of their requests, and has those that are anomalous be given less where
/// the group has anomaly mitigation on. What it knows is gone with the process; it is found again within two looks.
/// </summary>
internal sealed partial class AnomalyWatch(
    IResourceStore store, ITrafficStatus status, TargetHealthReader health, TargetAnomalies anomalies, ChangeSignal changes,
    ClockSpeed speed, TimeProvider clock, ILogger<AnomalyWatch> logger) : BackgroundService
{
    /// <summary>A group with fewer healthy targets has none that is the odd one, as at AWS.</summary>
    private const int FewestTargets = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private Dictionary<Arn, AnomalyJudge> _judges = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(speed.Of(Interval), clock, stoppingToken);
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.LookFailed(logger, exception);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var judges = new Dictionary<Arn, AnomalyJudge>();
        var anomalous = ImmutableDictionary.CreateBuilder<Arn, IReadOnlySet<TargetId>>();
        var mitigated = ImmutableDictionary.CreateBuilder<Arn, IReadOnlySet<TargetId>>();
        var groups = snapshot.TargetGroups.All.Where(group => group.IsWeightedRandom && group.Targets.Count >= FewestTargets)
            .ToLookup(group => snapshot.LoadBalancerOf(group.Arn));
        foreach (var ofOne in groups.Where(ofOne => ofOne.Key is not null))
        {
            if (snapshot.V2LoadBalancers.Find(ofOne.Key!) is not { } loadBalancer
                || await status.ReadAsync(loadBalancer.ToId(), cancellationToken) is not { } served)
            {
                continue;
            }

            foreach (var group in ofOne)
            {
                var counts = Counts(snapshot, group, served);
                var judge = judges[group.Arn] = _judges.GetValueOrDefault(group.Arn) ?? new();
                if (judge.Judge(counts) is { Count: > 0 } odd)
                {
                    anomalous[group.Arn] = odd;
                    if (group.MitigatesAnomalies && counts.Count >= FewestTargets && odd.Count * 2 <= counts.Count)
                    {
                        mitigated[group.Arn] = odd;
                    }
                }
            }
        }

        _judges = judges;
        if (anomalies.Take(anomalous.ToImmutable(), mitigated.ToImmutable()))
        {
            changes.Raise();
        }
    }

    private Dictionary<TargetId, RequestCount> Counts(Snapshot snapshot, TargetGroup group, ServedLoadBalancer served)
    {
        var pool = PoolNames.Of(group.Arn);
        var byMember = served.Instances.Where(instance => instance.Member?.Pool == pool)
            .DistinctBy(instance => instance.Member!.Value.Id).ToDictionary(instance => instance.Member!.Value.Id);
        var ids = group.Targets.Select(target => new TargetId(target.Id, target.Port)).ToList();
        return ids.Zip(health.Read(snapshot, group, ids))
            .Where(pair => pair.Second == TargetState.Healthy && byMember.ContainsKey(pair.First.Member))
            .ToDictionary(
                pair => pair.First,
                pair => new RequestCount(byMember[pair.First.Member].Requests, byMember[pair.First.Member].Failed));
    }

    private static partial class Log
    {
        [LoggerMessage(4205, LogLevel.Error, "Targets could not be looked at for anomalies; tried again in a moment")]
        public static partial void LookFailed(ILogger logger, Exception exception);
    }
}
