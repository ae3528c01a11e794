using CloudLb.Core.Certificates;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.HAProxy.Cells;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Members;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy.State;

/// <summary>What all cells work with.</summary>
internal sealed record CellContext(
    HAProxyBinary Binary,
    HAProxyDirectory Directory,
    IOptions<HAProxyOptions> Options,
    ICertificateSource Certificates,
    ProbeQueue Probes,
    ChangeSignal Changes,
    HAProxyMetrics Metrics,
    TimeProvider Clock,
    ILogger<Cell> Logger);
