using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Templates;

namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// One load balancer's frontends and backends as text; made once for each planned load balancer and kept while that does not change.
/// </summary>
internal sealed class LoadBalancerSections
{
    private readonly List<(int Line, int? Port)> _starts = [];
    private readonly List<(int Line, int? Port)> _sourceStarts = [];
    private readonly Dictionary<int, string> _origins = [];
    private readonly List<(int Line, int? Port)> _routeStarts = [];
    private KeptText _text;
    private KeptText _sources;
    private KeptText _routes;

    private readonly HashSet<RuleMap> _maps = [];

    private LoadBalancerSections(LoadBalancerId loadBalancer) => LoadBalancer = loadBalancer;

    public LoadBalancerId LoadBalancer { get; }

    public string Text => _text.ToString();

    public int Lines { get; private set; }

    /// <summary>What stands in the section for requests that are passed on: <see cref="PassOnSections"/>.</summary>
    public string Sources => _sources.ToString();

    public int LinesOfSources { get; private set; }

    /// <summary>The lines of <see cref="Text"/>, counted from 0, that come from an operator's file, and from which.</summary>
    public IReadOnlyDictionary<int, string> Origins => _origins;

    /// <summary>Whether a listener is one of <see cref="OpenDefaults"/>.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The rules of its listeners in that section, after what holds for all requests there.</summary>
    public string Routes => _routes.ToString();

    public int LinesOfRoutes { get; private set; }

    /// <summary>What its rules are found by.</summary>
    public IReadOnlySet<RuleMap> Maps => _maps;

    /// <summary>
    /// Throws <see cref="UnwritableValueException"/> when the plan holds what must not be written, and
    /// <see cref="TemplateException"/> when a template cannot be used.
    /// </summary>
    /// <param name="planned">What is written.</param>
    /// <param name="capabilities">Of the HAProxy that is to read it.</param>
    /// <param name="threads">The threads of the process, each of which has a frontend of a logged listener.</param>
    /// <param name="firstRequest">
    /// In which a client has to send its first request, where that is less than the idle timeout; 10 seconds when absent.
    /// </param>
    /// <param name="templates">The operator's; null where there are none.</param>
    /// <param name="front">How the listeners take what comes to a shared address; absent: not at all.</param>
    /// <param name="isAbsentBound">Whether listeners are bound where the machine has no such address, too.</param>
    public static LoadBalancerSections Render(
        PlannedLoadBalancer planned, HAProxyCapabilities capabilities, int threads = 1, TimeSpan? firstRequest = null,
        TemplateSet? templates = null, FrontSockets? front = null, bool isAbsentBound = false)
    {
        var operators = templates is null ? null : new TemplatedSections(templates, planned);
        var surroundings = new ListenerSurroundings
        {
            Threads = threads,
            FirstRequest = firstRequest ?? HAProxyOptions.UsualFirstRequestTimeout,
            Templates = operators,
            Front = front,
            IsAbsentBound = isAbsentBound,
        };
        var sections = new LoadBalancerSections(planned.Id);
        var (text, sources, routes) = (new ConfigText(), new ConfigText(), new ConfigText());
        foreach (var listener in planned.Listeners)
        {
            sections._starts.Add((text.Lines, listener.Port));
            sections._sourceStarts.Add((sources.Lines, listener.Port));
            foreach (var slot in LogSections.IsAny(planned, listener) ? LogSlot.All(threads).Select(slot => (LogSlot?)slot) : [null])
            {
                var section = new ListenerSection(planned, listener, slot, surroundings);
                sections.Write(text, own => section.Write(own, sections._maps), operators?.Of(listener));
            }

            PassOnSections.WriteSources(sources, planned.Id, listener);
            RewriteLines.WritePassedOn(sources, planned, listener, sections._maps);
            PoolStickinessLines.WriteReading(sources, listener, RuleLines.Guard(planned, listener));
            if (listener.Mode == TrafficMode.Http)
            {
                sections._routeStarts.Add((routes.Lines, listener.Port));
                RuleLines.WritePassedOn(routes, planned, listener, sections._maps);
            }
        }

        ActionSections.Write(text, planned);
        sections._starts.Add((text.Lines, null));
        foreach (var pool in planned.Pools)
        {
            sections.Write(text, own => PoolSections.Write(own, planned, pool, capabilities, operators), operators?.Of(pool));
        }

        sections.Append(text, operators?.Sections() ?? []);
        sections.IsOpen = planned.Listeners.Any(surroundings.IsOpen);
        (sections.Lines, sections._text) = (text.Lines, new(text.ToString()));
        (sections.LinesOfSources, sections._sources) = (sources.Lines, new(sources.ToString()));
        (sections.LinesOfRoutes, sections._routes) = (routes.Lines, new(routes.ToString()));
        return sections;
    }

    /// <summary>The listener that a line belongs to, counted from 0; none when it belongs to a pool.</summary>
    public int? PortAt(int line) => _starts.FindLast(start => start.Line <= line).Port;

    /// <summary>The same for a line of <see cref="Sources"/>.</summary>
    public int? SourcePortAt(int line) => _sourceStarts.FindLast(start => start.Line <= line).Port;

    /// <summary>Writes a section, by the operator's template where there is one.</summary>
    private void Write(ConfigText text, Action<ConfigText> write, Func<ConfigText, IReadOnlyList<TemplateLine>>? template)
    {
        if (template is null)
        {
            write(text);
            return;
        }

        var own = new ConfigText(keepsParts: true);
        write(own);
        if (text.Lines > 0)
        {
            text.Block("");
        }

        Append(text, template(own));
    }

    private void Append(ConfigText text, IReadOnlyList<TemplateLine> lines)
    {
        foreach (var line in lines)
        {
            if (line.Origin is { } origin)
            {
                _origins[text.Lines] = origin;
            }

            text.Block(line.Text);
        }
    }

    /// <summary>The same for a line of <see cref="Routes"/>.</summary>
    public int? RoutePortAt(int line) => _routeStarts.FindLast(start => start.Line <= line).Port;
}
