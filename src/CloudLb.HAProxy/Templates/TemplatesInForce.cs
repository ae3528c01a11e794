using System.Collections.Immutable;
using CloudLb.HAProxy.Naming;

namespace CloudLb.HAProxy.Templates;

/// <summary>All templates at one moment. Immutable.</summary>
internal sealed record TemplatesInForce
{
    public static readonly TemplatesInForce None = new();

    /// <summary>By their names.</summary>
    public ImmutableSortedDictionary<string, TemplateState> States { get; init; } =
        ImmutableSortedDictionary.Create<string, TemplateState>(StringComparer.Ordinal);

    /// <summary>What all load balancers share; null where there are no such templates.</summary>
    public TemplateSet? Processes => States.GetValueOrDefault(TemplateName.Processes)?.Applied;

    /// <summary>What every load balancer has; null where there are no such templates.</summary>
    public TemplateSet? Installation => States.GetValueOrDefault(TemplateName.Installation)?.Applied;

    /// <summary>An operator's, by its name; null when there is none.</summary>
    public TemplateState? Find(string name) => TemplateName.IsValid(name) ? States.GetValueOrDefault(name) : null;

    public TemplateSet? WithKey(string key) => States.Values.Select(state => state.Applied).FirstOrDefault(set => set?.Key == key);
}
