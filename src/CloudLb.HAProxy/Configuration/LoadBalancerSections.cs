using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// One load balancer's frontends and backends as text; made once for each planned load balancer and kept while that does not change.
/// </summary>
internal sealed class LoadBalancerSections
{
    private readonly List<(int Line, int? Port)> _starts = [];
    private readonly List<(int Line, int? Port)> _sourceStarts = [];

    private LoadBalancerSections(LoadBalancerId loadBalancer) => LoadBalancer = loadBalancer;

    public LoadBalancerId LoadBalancer { get; }

    public string Text { get; private set; } = "";

    public int Lines { get; private set; }

    /// <summary>What stands in the section for requests that are passed on: <see cref="PassOnSections"/>.</summary>
    public string Sources { get; private set; } = "";

    public int LinesOfSources { get; private set; }

    /// <summary>Throws <see cref="UnwritableValueException"/> when the plan holds what must not be written.</summary>
    /// <param name="planned">What is written.</param>
    /// <param name="capabilities">Of the HAProxy that is to read it.</param>
    /// <param name="threads">The threads of the process, each of which has a frontend of a logged listener.</param>
    /// <param name="firstRequest">
    /// In which a client has to send its first request, where that is less than the idle timeout; 10 seconds when absent.
    /// </param>
    public static LoadBalancerSections Render(
        PlannedLoadBalancer planned, HAProxyCapabilities capabilities, int threads = 1, TimeSpan? firstRequest = null)
    {
        var sections = new LoadBalancerSections(planned.Id);
        var (text, sources) = (new ConfigText(), new ConfigText());
        foreach (var listener in planned.Listeners)
        {
            sections._starts.Add((text.Lines, listener.Port));
            sections._sourceStarts.Add((sources.Lines, listener.Port));
            foreach (var slot in planned.IsLogged ? LogSlot.All(threads).Select(slot => (LogSlot?)slot) : [null])
            {
                WriteListener(text, planned, listener, slot, threads, firstRequest ?? HAProxyOptions.UsualFirstRequestTimeout);
            }

            PassOnSections.WriteSources(sources, planned.Id, listener);
        }

        sections._starts.Add((text.Lines, null));
        foreach (var pool in planned.Pools)
        {
            WritePool(text, planned, pool, capabilities);
        }

        (sections.Lines, sections.Text) = (text.Lines, text.ToString());
        (sections.LinesOfSources, sections.Sources) = (sources.Lines, sources.ToString());
        return sections;
    }

    /// <summary>The listener that a line belongs to, counted from 0; none when it belongs to a pool.</summary>
    public int? PortAt(int line) => _starts.FindLast(start => start.Line <= line).Port;

    /// <summary>The same for a line of <see cref="Sources"/>.</summary>
    public int? SourcePortAt(int line) => _sourceStarts.FindLast(start => start.Line <= line).Port;

    private static void WriteListener(
        ConfigText text, PlannedLoadBalancer planned, PlannedListener listener, LogSlot? slot, int threads, TimeSpan firstRequest)
    {
        var isHttp = listener.Mode == TrafficMode.Http;
        text.Section("frontend").Name(ProxyName.OfListener(planned.Id, listener.Port, slot?.Thread ?? 1)).Word("from")
            .Word(
                Defaults(
                    isHttp
                        ? $"http_listener{DesyncLines.Suffix(listener.Http?.DesyncMitigation ?? DesyncMitigation.Defensive)}"
                        : "tcp_listener",
                    planned));
        foreach (var address in planned.Addresses)
        {
            WriteBind(text.Line("bind").Endpoint(address, listener.Port), planned, listener, slot, threads);
        }

        if (slot is { } logged)
        {
            LogSections.WriteTarget(text, logged);
            if (isHttp)
            {
                LogSections.WriteCaptures(text);
            }
        }

        SourceLines.Write(text, listener.AllowedSources);
        ShareLines.WriteAccepted(text, isHttp);
        text.Line("timeout").Word("client").Milliseconds(listener.IdleTimeout);
        if (isHttp)
        {
            text
                .Line("timeout")
                .Word("http-request")
                .Milliseconds(listener.IdleTimeout < firstRequest ? listener.IdleTimeout : firstRequest);
            text.Line("timeout").Word("http-keep-alive").Milliseconds(listener.IdleTimeout);
        }

        if (isHttp)
        {
            PassOnSections.WriteListener(text);
        }

        text.Line("default_backend").Name(ProxyName.OfPool(planned.Id, Carried.PoolOf(listener)));
    }

    private static void WriteBind(ConfigLine bind, PlannedLoadBalancer planned, PlannedListener listener, LogSlot? slot, int threads)
    {
        if (listener.Tls is { } tls)
        {
            TlsSettings.Write(bind, tls, TlsSettings.FileOf(ProxyName.OfListener(planned.Id, listener.Port)));
        }

        if (slot is { } logged)
        {
            // The frontends make keys for tickets each of its own, and share the sessions that they keep themselves.
            if (listener.Tls is not null && threads > 1)
            {
                bind.Word("no-tls-tickets");
            }

            bind.Word("thread").Number(logged.Thread);
        }
    }

    private static string Defaults(string name, PlannedLoadBalancer planned) => planned.IsLogged ? $"{name}_logged" : name;

    private static void WritePool(ConfigText text, PlannedLoadBalancer planned, PlannedPool pool, HAProxyCapabilities capabilities)
    {
        text.Section("backend").Name(ProxyName.OfPool(planned.Id, pool.Name)).Word("from")
            .Word(pool.Mode == TrafficMode.Http ? "http_pool" : "tcp_pool");
        if (planned.IsLogged && pool.Mode == TrafficMode.Http)
        {
            LogSections.WritePool(text);
        }

        if (pool.Balance != BalanceLines.UsualOf(pool.Mode))
        {
            BalanceLines.Write(text, pool.Balance);
        }

        text.Line("timeout").Word("server").Milliseconds(pool.IdleTimeout);
        text.Line("timeout").Word("tunnel").Milliseconds(pool.IdleTimeout);
        SurgeQueueLines.Write(text, ProxyName.OfPool(planned.Id, pool.Name), pool);
        ProbeLines.Write(text, pool.Probe);
        if (pool.AcceptedKeys is not null)
        {
            PinLines.Write(text, pool.Mode, ProxyName.OfPool(planned.Id, pool.Name));
        }

        if (pool.Stickiness is { } stickiness)
        {
            StickinessLines.Write(text, stickiness);
        }

        // A draining member takes nothing new: the process that has its connections finishes them, the next one need not know of it.
        foreach (var member in pool.Members.Where(member => member.DrainingUntil is null))
        {
            ServerLine.Write(text, member, pool, capabilities);
        }
    }
}
