using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Inventory;
using CloudLb.Core.Resources;
using CloudLb.ElbV2.Contracts;
using CloudLb.ElbV2.Domain;
using CloudLb.ElbV2.Health;
using CloudLb.ElbV2.Mapping;
using CloudLb.ElbV2.Planning;
using TargetGroup = CloudLb.ElbV2.Domain.TargetGroup;

namespace CloudLb.ElbV2.Operations;

/// <summary>Answers the state of the targets named, in the order asked, or of all that are registered or drain.</summary>
internal sealed class DescribeTargetHealth(
    IResourceStore store, TargetHealthReader health, TargetAnomalies anomalies, IInventory inventory, TimeProvider clock)
    : IOperation<DescribeTargetHealthRequest, DescribeTargetHealthResponse>
{
    private static readonly AdministrativeOverride NoOverride = new()
    {
        State = "no_override",
        Reason = "AdministrativeOverride.NoOverride",
        Description = "No override is currently active on target",
    };

    public async Task<DescribeTargetHealthResponse> ExecuteAsync(
        DescribeTargetHealthRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var snapshot = store.Current;
        var group = snapshot.TargetGroups.Get(caller.Arn(request.TargetGroupArn, ArnKind.TargetGroup));
        var ids = request.Targets is { Count: > 0 } named ? named.Ids(group) : All(group);
        var states = await health.ReadAsync(snapshot, group, ids, cancellationToken);
        var isAsked = group.IsHttp && request.Include is { Count: > 0 };
        var deregistered = group.Deregistered();
        return new()
        {
            TargetHealthDescriptions =
            [
                .. ids.Zip(states, (id, state) =>
                    Description(
                        group, group.Find(id) ?? deregistered.GetValueOrDefault(id)?.Target, id, state,
                        isAsked ? Anomaly(group, id) : null)),
            ],
        };
    }

    /// <summary>AWS leaves out at once what was terminated, and says that it drains to whoever asks for it.</summary>
    private IReadOnlyList<TargetId> All(TargetGroup group)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. group.Targets.Concat(group.Draining.Where(entry => entry.Until > now).Select(entry => entry.Target))
                .Where(target => group.TargetType != TargetType.Instance || !inventory.IsTerminated(target.Id)).Order()
                .Select(target => new TargetId(target.Id, target.Port)),
        ];
    }

    private AnomalyDetection Anomaly(TargetGroup group, TargetId id) => new()
    {
        Result = anomalies.IsAnomalous(group.Arn, id) ? "anomalous" : "normal",
        MitigationInEffect = anomalies.IsMitigated(group.Arn, id) ? "yes" : "no",
    };

    private static TargetHealthDescription Description(
        TargetGroup group, Target? target, TargetId id, TargetState state, AnomalyDetection? anomaly) => new()
    {
        Target = target?.ToWire(group) ?? new() { Id = id.Id, Port = id.Port },
        HealthCheckPort = group.HealthCheck.Port is null ? $"{id.Port}" : group.HealthCheck.PortText(),
        TargetHealth = new() { State = state.State, Reason = state.Reason, Description = state.Description },
        AnomalyDetection = anomaly,
        AdministrativeOverride = NoOverride,
    };
}
