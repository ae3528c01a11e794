using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.HAProxy.Executable;
using CloudLb.HAProxy.Files;
using CloudLb.HAProxy.Templates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudLb.HAProxy.State;

/// <summary>What all cells work with.</summary>
internal sealed record CommonContext(
    HAProxyBinary Binary,
    HAProxyDirectory Directory,
    IOptions<HAProxyOptions> Options,
    ICertificateSource Certificates,
    IClientTrustSource ClientTrust,
    ChangeSignal Changes,
    TemplateLibrary Templates,
    HAProxyMetrics Metrics,
    TimeProvider Clock,
    ILogger Logger);
