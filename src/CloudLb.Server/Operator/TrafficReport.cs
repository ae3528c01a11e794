using CloudLb.Cli.Control;
using CloudLb.Core.LoadBalancers;
using CloudLb.Core.Traffic.Health;
using CloudLb.HAProxy;
using CloudLb.HAProxy.Status;

namespace CloudLb.Server.Operator;

/// <summary>What goes on now, in a table of bounded length whatever number of load balancers there is.</summary>
internal sealed class TrafficReport(ILoadBalancerStore store, HAProxyDataPlane dataPlane, HealthReader health)
{
    /// <param name="namePart">Leaves out load balancers whose name does not contain it; null for all.</param>
    /// <param name="rows">How many load balancers are shown at most.</param>
    /// <param name="cellRows">How many cells are shown at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<WatchStatus> NowAsync(string? namePart, int rows, int cellRows, CancellationToken cancellationToken)
    {
        var activities = await dataPlane.ReadActivityAsync(cancellationToken);
        var faults = dataPlane.Faults.ToLookup(fault => fault.LoadBalancer);
        var all = store.Current.All
            .Where(loadBalancer => namePart is null || loadBalancer.Key.Name.Contains(namePart, StringComparison.OrdinalIgnoreCase))
            .Select(loadBalancer => Of(loadBalancer, activities.GetValueOrDefault(loadBalancer.Key.ToId()), faults[loadBalancer.Key.ToId()].FirstOrDefault()?.Reason))
            .ToList();
        var cells = dataPlane.Cells;
        return new()
        {
            LoadBalancers = all.Count,
            RequestsPerSecond = all.Sum(each => each.RequestsPerSecond),
            Sessions = all.Sum(each => each.Sessions),
            Healthy = all.Sum(each => each.Healthy),
            Unhealthy = all.Sum(each => each.Unhealthy),
            Faults = dataPlane.Faults.Count(fault => namePart is null || fault.LoadBalancer.Name.Contains(namePart, StringComparison.OrdinalIgnoreCase)),
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
                .. cells.OrderByDescending(IsDown).ThenByDescending(cell => cell.OldProcesses).ThenBy(cell => cell.Number).Take(cellRows).Select(StatusReport.Summary),
            ],
        };
    }

    private TrafficStatus Of(LoadBalancer loadBalancer, ListenerActivity activity, string? fault)
    {
        var healthy = health.Read(loadBalancer).Count(each => each.State == InstanceState.InService);
        return new()
        {
            Account = loadBalancer.Key.Account.ToString(),
            Region = loadBalancer.Key.Region,
            Name = loadBalancer.Key.Name,
            Address = loadBalancer.Address.ToString(),
            RequestsPerSecond = activity.PerSecond,
            Sessions = activity.Sessions,
            Healthy = healthy,
            Unhealthy = loadBalancer.Instances.Count - healthy,
            Fault = fault,
        };
    }

    private static bool IsDown(CellStatus cell) => cell.ProcessId is null && cell.LoadBalancers > 0;
}
