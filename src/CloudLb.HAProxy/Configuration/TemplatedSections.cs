using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Templates;
using Fluid.Values;

namespace CloudLb.HAProxy.Configuration;

/// <summary>The sections of one load balancer as an operator's templates have them.</summary>
internal sealed class TemplatedSections(TemplateSet templates, PlannedLoadBalancer planned)
{
    private readonly Dictionary<string, FluidValue> _values = TemplateValues.Of(planned);

    /// <summary>Whether listeners have rules that every request has to come to.</summary>
    public bool IsOpen => templates.HasRequestRules;

    /// <summary>Whether listeners send requests elsewhere before their own rules do.</summary>
    public bool HasRoutes => templates.HasRoutes;

    /// <summary>Whether rules use the counter that requests over HTTP/2 are counted by.</summary>
    public bool HasCounter => templates.HasCounter;

    /// <summary>How a listener is written, of CloudLb's own lines; null where they stay as they are.</summary>
    public Func<ConfigText, IReadOnlyList<TemplateLine>>? Of(PlannedListener listener) => templates.Has(TemplateKind.Frontend)
        ? own => templates.Render(
            TemplateKind.Frontend, listener.Port, own.Parts, With("listener", TemplateValues.Of(planned, listener)))
        : null;

    /// <summary>The same of a pool.</summary>
    public Func<ConfigText, IReadOnlyList<TemplateLine>>? Of(PlannedPool pool) => templates.Has(TemplateKind.Backend)
        ? own => templates.Render(TemplateKind.Backend, null, own.Parts, With("pool", TemplateValues.Of(planned, pool)))
        : null;

    /// <summary>What an operator says of a member; empty for nothing.</summary>
    public string WordsOf(PlannedPool pool, PlannedMember member) => templates.Has(TemplateKind.Server)
        ? templates.ServerWords(
            new Dictionary<string, FluidValue>(With("pool", TemplateValues.Of(planned, pool)))
            {
                ["server"] = TemplateValues.Of(pool, member),
            })
        : "";

    public IReadOnlyList<TemplateLine> Sections() =>
        templates.Has(TemplateKind.Sections) ? [.. templates.Sections(_values).SelectMany(Parted)] : [];

    private Dictionary<string, FluidValue> With(string name, FluidValue value) => new(_values) { [name] = value };

    /// <summary>An empty line before each section, as before CloudLb's.</summary>
    private static IEnumerable<TemplateLine> Parted(TemplateLine line) =>
        char.IsWhiteSpace(line.Text[0]) ? [line] : [new("", null), line];
}
