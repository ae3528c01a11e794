using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Applied;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.State;
using CloudLb.HAProxy.Updating;

namespace CloudLb.HAProxy.NextProcess;

/// <summary>The text of each load balancer of a cell, made anew only when its plan has changed. Used under the gate.</summary>
internal sealed class LoadBalancerTexts(CellContext context)
{
    private readonly Dictionary<LoadBalancerId, Texts> _texts = [];

    /// <summary>
    /// What stands of it in the configuration; throws <see cref="Naming.UnwritableValueException"/> when the plan holds what must not be
    /// written, and <see cref="Templates.TemplateException"/> when a template cannot be used.
    /// </summary>
    /// <param name="loadBalancer">The load balancer.</param>
    /// <param name="threads">Of the process that is to read it.</param>
    public LoadBalancerSections Sections(PlannedLoadBalancer loadBalancer, int threads)
    {
        var texts = Of(loadBalancer);
        var reader = (context.Capabilities, threads);
        if (texts.Sections is null || texts.Reader != reader)
        {
            var sections = LoadBalancerSections.Render(
                loadBalancer, context.Capabilities, threads, context.Options.FirstRequestTimeout,
                context.Common.Templates.Find(loadBalancer.Template), context.Common.Directory.FrontSockets,
                context.Options.BindAbsentAddresses);
            (texts.Sections, texts.Reader) = (sections, reader);
        }

        return texts.Sections;
    }

    /// <summary>The same for a process of so many threads.</summary>
    public Rendering By(int threads) => loadBalancer => Sections(loadBalancer, threads);

    /// <summary>Its line in <see cref="AppliedFile"/>.</summary>
    public string Line(PlannedLoadBalancer loadBalancer)
    {
        var texts = Of(loadBalancer);
        texts.Line ??= new(AppliedFile.LineOf(loadBalancer));
        return texts.Line.Value.ToString();
    }

    public void Forget(LoadBalancerId key) => _texts.Remove(key);

    /// <summary>Keeps none of them: each is made again when it is asked for.</summary>
    public void LetGo()
    {
        _texts.Clear();
        _texts.TrimExcess();
    }

    private Texts Of(PlannedLoadBalancer loadBalancer)
    {
        if (!_texts.TryGetValue(loadBalancer.Id, out var texts) || !ReferenceEquals(texts.Of, loadBalancer))
        {
            _texts[loadBalancer.Id] = texts = new(loadBalancer);
        }

        return texts;
    }

    private sealed class Texts(PlannedLoadBalancer of)
    {
        public PlannedLoadBalancer Of { get; } = of;

        public LoadBalancerSections? Sections { get; set; }

        /// <summary>What the sections were written for.</summary>
        public (HAProxyCapabilities Capabilities, int Threads)? Reader { get; set; }

        public KeptText? Line { get; set; }
    }
}
