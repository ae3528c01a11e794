using CloudLb.Cli.Control;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Status;
using CloudLb.Core.Traffic.Told;

namespace CloudLb.Operator.Status;

/// <summary>What goes on now, in a table of bounded length whatever number of load balancers there is.</summary>
internal sealed class TrafficReport(
    IEnumerable<IToldLoadBalancers> apis, IDataPlane dataPlane, ITrafficStatus status, IDatagramCounters datagrams)
{
    /// <param name="namePart">Leaves out load balancers whose name does not contain it; null for all.</param>
    /// <param name="rows">How many load balancers are shown at most.</param>
    /// <param name="cellRows">How many cells are shown at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<WatchStatus> NowAsync(string? namePart, int rows, int cellRows, CancellationToken cancellationToken)
    {
        var activities = await status.ReadActivityAsync(cancellationToken);
        var flows = datagrams.Traffic.ToDictionary(each => each.Id, each => new ListenerActivity(each.PerSecond, each.ActiveFlows));
        var faults = dataPlane.Faults.ToLookup(fault => fault.LoadBalancer);
        bool IsAsked(string name) => namePart is null || name.Contains(namePart, StringComparison.OrdinalIgnoreCase);
        var all = apis.SelectMany(api => api.Read(IsAsked))
            .Select(loadBalancer => Of(
                loadBalancer, activities.GetValueOrDefault(loadBalancer.Id) + flows.GetValueOrDefault(loadBalancer.Id),
                faults[loadBalancer.Id].FirstOrDefault()?.Reason))
            .ToList();
        var cells = status.Processes;
        return new()
        {
            LoadBalancers = all.Count,
            RequestsPerSecond = all.Sum(each => each.RequestsPerSecond),
            Sessions = all.Sum(each => each.Sessions),
            Healthy = all.Sum(each => each.Healthy),
            Unhealthy = all.Sum(each => each.Unhealthy),
            Faults = dataPlane.Faults.Count(fault => IsAsked(fault.LoadBalancer.Name)),
            HandOvers = cells.Sum(cell => Math.Max(0, cell.Generation - 1)),
            Cells = cells.Count,
            CellsDown = cells.Count(IsDown),
            OldProcesses = cells.Sum(cell => cell.OldProcesses),
            Shown =
            [
                .. all.OrderByDescending(each => each.Fault is not null)
                    .ThenByDescending(each => each.Healthy == 0 && each.Unhealthy > 0)
                    .ThenByDescending(each => each.RequestsPerSecond)
                    .ThenByDescending(each => each.Sessions)
                    .ThenBy(each => each.Name, StringComparer.Ordinal)
                    .Take(rows),
            ],
            ShownCells =
            [
                .. cells.OrderByDescending(IsDown).ThenByDescending(cell => cell.OldProcesses).ThenBy(cell => cell.Number).Take(cellRows)
                    .Select(StatusReport.Show),
            ],
        };
    }

    private static TrafficStatus Of(ToldLoadBalancer loadBalancer, ListenerActivity activity, string? fault)
    {
        var healthy = loadBalancer.Instances.Count(instance => instance.IsInService);
        return new()
        {
            Account = loadBalancer.Id.Account.ToString(),
            Region = loadBalancer.Id.Region,
            Name = loadBalancer.Id.Name,
            Address = loadBalancer.Address.ToString(),
            RequestsPerSecond = activity.PerSecond,
            Sessions = activity.Sessions,
            Healthy = healthy,
            Unhealthy = loadBalancer.Instances.Count - healthy,
            Fault = fault,
        };
    }

    private static bool IsDown(EngineProcess cell) => cell.ProcessId is null && cell.LoadBalancers > 0;
}
