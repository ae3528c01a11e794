using System.Diagnostics.Metrics;
using System.Globalization;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Status;

namespace CloudLb.HAProxy.Metrics;

/// <summary>What the cells are, read when somebody asks.</summary>
internal sealed class CellInstruments : IInstruments
{
    private readonly HAProxyDataPlane _dataPlane;

    public CellInstruments(IMeterFactory meters, HAProxyDataPlane dataPlane)
    {
        _dataPlane = dataPlane;
        var meter = meters.Create(HAProxyMetrics.MeterName);
        Create(meter, "cloudlb.haproxy.up", cell => cell.ProcessId is null ? 0 : 1, "1 while a process of the cell runs.");
        Create(meter, "cloudlb.haproxy.load_balancers", cell => cell.LoadBalancers, "Load balancers of the cell.");
        Create(meter, "cloudlb.haproxy.old_processes", cell => cell.OldProcesses, "Processes of the cell that still finish connections.");
    }

    private void Create(Meter meter, string name, Func<EngineProcess, long> value, string help) => meter.CreateObservableGauge(
        name,
        () => _dataPlane.Cells.Select(
            cell => new Measurement<long>(value(cell), new KeyValuePair<string, object?>("cell", cell.Number.ToString(CultureInfo.InvariantCulture)))),
        description: help);
}
