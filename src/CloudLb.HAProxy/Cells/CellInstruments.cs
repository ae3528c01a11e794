using System.Diagnostics.Metrics;
using System.Globalization;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Status;

namespace CloudLb.HAProxy.Cells;

/// <summary>What the cells are, read when somebody asks.</summary>
internal sealed class CellInstruments : IInstruments
{
    private readonly CellMap _cells;

    public CellInstruments(IMeterFactory meters, CellMap cells)
    {
        _cells = cells;
        var meter = meters.Create(HAProxyMetrics.MeterName);
        Create(meter, "cloudlb.haproxy.up", cell => cell.ProcessId is null ? 0 : 1, "1 while a process of the cell runs.");
        Create(meter, "cloudlb.haproxy.load_balancers", cell => cell.LoadBalancers, "Load balancers of the cell.");
        Create(meter, "cloudlb.haproxy.old_processes", cell => cell.OldProcesses, "Processes of the cell that still finish connections.");
    }

    private void Create(Meter meter, string name, Func<EngineProcess, long> value, string help) => meter.CreateObservableGauge(
        name,
        () => _cells.All.Select(cell => cell.State.Status(cell.Number)).Select(cell => new Measurement<long>(value(cell), LabelOf(cell))),
        description: help);

    private static KeyValuePair<string, object?> LabelOf(EngineProcess cell) =>
        new("cell", cell.Number.ToString(CultureInfo.InvariantCulture));
}
