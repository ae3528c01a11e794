using CloudLb.Cli.Control;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.Core.Traffic.Told;

namespace CloudLb.Operator.Status;

/// <summary>Asks the data plane for one instance of one load balancer, and the load balancer's API for what follows from that.</summary>
internal sealed class InstanceReport(
    IEnumerable<IToldLoadBalancers> apis, IDataPlane dataPlane, ITrafficStatus status, OperatorOptions options)
{
    /// <summary>Why the instance is in service, or not; null when there is no such load balancer.</summary>
    public async Task<InstanceExplanation?> ExplainAsync(
        AccountId account, string region, string name, string instanceId, CancellationToken cancellationToken)
    {
        foreach (var api in apis)
        {
            if (api.Find(account, region, name) is not { } loadBalancer)
            {
                continue;
            }

            var reasons = api.Explain(new()
            {
                LoadBalancer = loadBalancer.Id,
                InstanceId = instanceId,
                Engine = status.Engine,
                Served = await status.ReadAsync(loadBalancer.Id, cancellationToken),
                Faults = [.. dataPlane.Faults.Where(fault => fault.LoadBalancer == loadBalancer.Id)],
                Endpoint = options.Endpoint(),
            });
            return reasons is null ? null : Show(loadBalancer, reasons);
        }

        return null;
    }

    /// <summary>For programs the words stay, whatever ours are.</summary>
    internal static InstanceCause Show(ToldCause cause) => Enum.Parse<InstanceCause>(cause.ToString());

    private static InstanceExplanation Show(ToldLoadBalancer loadBalancer, ToldReasons reasons) => new()
    {
        Account = loadBalancer.Id.Account.ToString(),
        Region = loadBalancer.Id.Region,
        LoadBalancer = loadBalancer.Id.Name,
        InstanceId = reasons.InstanceId,
        IsInService = reasons.IsInService,
        Cause = Show(reasons.Cause),
        Numbers = Show(reasons.Numbers),
        State = reasons.State,
        ReasonCode = reasons.ReasonCode,
        Description = reasons.Description,
        Summary = reasons.Summary,
        Reasons = reasons.Reasons,
        Advice = reasons.Advice,
    };

    private static InstanceNumbers Show(ToldNumbers numbers) => new()
    {
        LastCheck = StatusReport.Show(numbers.LastCheck),
        Passes = numbers.Passes,
        Failures = numbers.Failures,
        HealthyThreshold = numbers.HealthyThreshold,
        UnhealthyThreshold = numbers.UnhealthyThreshold,
        Interval = numbers.Interval.TotalSeconds,
        Timeout = numbers.Timeout.TotalSeconds,
        Sessions = numbers.Sessions,
        Unanswered = numbers.Unanswered,
        DrainingUntil = numbers.DrainingUntil,
    };
}
